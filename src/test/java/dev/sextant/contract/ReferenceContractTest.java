package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What everybody may read. */
@Timeout(30)
@Covers({"getLiveness", "getOpenapiYaml", "getOpenapiJson", "getDocs", "getDocsAsset"})
class ReferenceContractTest {

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.WHERE_NEEDED);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/health/live,             application/json",
        "/openapi.yaml,            application/yaml",
        "/openapi.json,            application/json",
        "/docs,                    text/html",
        "/docs/swagger-ui.css,     text/css"
    })
    void needsNoCredential(String path, String type) {
        HttpResponse<Buffer> response = service.anonymous().get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("content-type")).startsWith(type);
    }

    @Test
    void thereIsNoAssetBesideTheKnownOnes() {
        Problems.assertProblem(service.anonymous().get("/docs/nothing.js"), 404, "not_found");
    }
}
