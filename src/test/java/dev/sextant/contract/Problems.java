package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;

/** Reads problem documents in tests. */
final class Problems {

    private Problems() {}

    static void assertProblem(HttpResponse<Buffer> response, int status, String code) {
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(status);
        assertThat(code(response)).isEqualTo(code);
    }

    static String code(HttpResponse<Buffer> response) {
        return response.bodyAsJsonObject().getString("code");
    }

    /** Each of the {@code errors}, as its pointer or parameter and its code. */
    static List<String> errors(HttpResponse<Buffer> response) {
        return response.bodyAsJsonObject().getJsonArray("errors").stream()
                .map(JsonObject.class::cast)
                .map(error -> error.getString("pointer", error.getString("parameter")) + " " + error.getString("code"))
                .toList();
    }
}
