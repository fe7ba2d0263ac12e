package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.launch.Configs;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.ConnectException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AdminVerticleTest {

    private final Vertx vertx = Vertx.vertx();
    private final Telemetry telemetry = new Telemetry();
    private final AdminVerticle admin = new AdminVerticle(
            telemetry,
            Configs.with(Map.of("edge.admin_port", "0", "edge.host", "0.0.0.0")).edge());

    @BeforeEach
    void deploy() {
        vertx.deployVerticle(admin).await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
        telemetry.close();
    }

    @Test
    void tellsMetricsAndNothingElse() {
        assertThat(get("127.0.0.1", "/metrics").statusCode()).isEqualTo(200);
        assertThat(get("127.0.0.1", "/").statusCode()).isEqualTo(404);
        assertThat(get("127.0.0.1", "/api/v2/datasets").statusCode()).isEqualTo(404);
    }

    /** It asks for no credential, so that it must not be reached from elsewhere, wherever the other one listens. */
    @Test
    void listensAtOneAddressOfThisMachineOnly() {
        assertThatThrownBy(() -> get("127.0.0.2", "/metrics")).isInstanceOf(ConnectException.class);
    }

    private HttpResponse<Buffer> get(String host, String path) {
        return WebClient.create(vertx).get(admin.boundPort(), host, path).send().await();
    }
}
