package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;

/** Gets access tokens for keys, in tests. */
final class Tokens {

    private Tokens() {}

    static String of(Service service, String keyId, String key) {
        HttpResponse<Buffer> issued = ask(service.anonymous(), keyId, key);
        assertThat(issued.statusCode()).as(issued.bodyAsString()).isEqualTo(200);
        return issued.bodyAsJsonObject().getString("access_token");
    }

    static HttpResponse<Buffer> ask(Caller caller, String keyId, String key) {
        return caller.send(
                caller.request(HttpMethod.POST, "/oauth/token")
                        .putHeader("content-type", "application/x-www-form-urlencoded"),
                Buffer.buffer("grant_type=client_credentials&client_id=%s&client_secret=%s".formatted(keyId, key)));
    }
}
