package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Users for tests. */
final class People {

    static final String USERS = "/api/v2/users";
    static final String PASSWORD = "correct horse battery staple";

    private People() {}

    /** A user with {@link #PASSWORD}; their id. */
    static String create(Customer customer, String email, String... roles) {
        JsonObject wish = new JsonObject()
                .put("email", email)
                .put("name", "Ada Lovelace")
                .put("roles", new JsonArray(List.of(roles)))
                .put("password", PASSWORD);
        HttpResponse<Buffer> made = customer.caller().post(USERS, wish.encode());
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        return made.bodyAsJsonObject().getString("id");
    }
}
