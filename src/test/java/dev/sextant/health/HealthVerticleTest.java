package dev.sextant.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.Origins;
import dev.sextant.bus.Bus;
import dev.sextant.health.HealthReport.Check;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A part that goes away, by whose it is. */
class HealthVerticleTest {

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Bus.Wire.WHERE_NEEDED);
    private final Readiness readiness = new Readiness();
    private volatile boolean away;

    @BeforeEach
    void serve() {
        readiness.enter(Readiness.Phase.SERVING);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private Future<Void> probe() {
        return away ? Future.failedFuture("away") : Future.succeededFuture();
    }

    private void start(HealthCheck check) {
        vertx.deployVerticle(new HealthVerticle(bus, List.of(check), readiness)).await();
    }

    private HealthReport report() {
        return bus.askHere(HealthAddresses.CHECK, new CheckHealth(), Origins.of("acme", Duration.ofSeconds(10)))
                .await();
    }

    @Test
    void whatTheServerHasForItselfMakesItUnready() {
        start(HealthCheck.own("engine", this::probe));
        assertThat(report().isReady()).isTrue();

        away = true;

        assertThat(report()).isEqualTo(new HealthReport("not_ready", "serving", List.of(new Check("engine", "down"))));
    }

    @Test
    void whatAllServersShareMakesItUnreadyOnlyUntilItWasThere() {
        away = true;
        start(HealthCheck.shared("engine", this::probe));
        assertThat(report().isReady()).isFalse();
        away = false;
        assertThat(report().status()).isEqualTo("ready");

        away = true;

        assertThat(report())
                .isEqualTo(new HealthReport("degraded", "serving", List.of(new Check("engine", "degraded"))));
    }

    @Test
    void whatItCanDoWithoutNeverMakesItUnready() {
        away = true;
        start(HealthCheck.useful("redis", this::probe));

        assertThat(report().status()).isEqualTo("degraded");
    }
}
