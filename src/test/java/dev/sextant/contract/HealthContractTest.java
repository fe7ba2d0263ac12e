package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.CuttableWire;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.health.Readiness.Phase;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the server should get requests, and what it lacks. */
@Timeout(60)
@Covers({"getReadiness", "getStartup"})
class HealthContractTest {

    private static final String READY = "/health/ready";
    private static final String STARTUP = "/health/startup";

    private static CuttableWire wire;
    private static Service service;

    @BeforeAll
    static void startService() {
        PostgresConfig database = TestServers.freshPostgres();
        wire = new CuttableWire(database.port());
        service = new Service(
                Bus.Wire.ALWAYS, database.at("127.0.0.1", wire.port(), database.database(), database.passwords()));
    }

    @AfterEach
    void mend() {
        wire.mend();
        service.engine().beFull(false);
        service.readiness().enter(Phase.SERVING);
    }

    @AfterAll
    static void stopService() {
        service.close();
        wire.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {READY, STARTUP})
    void isReadyWhereAllPartsAreUp(String path) {
        assertReport(path, 200, """
                {"status": "ready", "phase": "serving", "checks": [{"name": "postgres", "status": "up"},
                 {"name": "redis", "status": "up"}, {"name": "engine", "status": "up"}, {"name": "limits", "status": "up"}]}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {READY, STARTUP})
    void isNotReadyWithoutAnEngine(String path) {
        service.engine().beFull(true);

        assertReport(path, 503, """
                {"status": "not_ready", "phase": "serving", "checks": [{"name": "postgres", "status": "up"},
                 {"name": "redis", "status": "up"}, {"name": "engine", "status": "down"}, {"name": "limits", "status": "up"}]}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {READY, STARTUP})
    void saysWhichPartIsAwayAndDoesNotHang(String path) {
        wire.silence();

        assertReport(path, 503, """
                {"status": "not_ready", "phase": "serving", "checks": [{"name": "postgres", "status": "down"},
                 {"name": "redis", "status": "up"}, {"name": "engine", "status": "up"}, {"name": "limits", "status": "up"}]}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {READY, STARTUP})
    void isNotReadyOnceItIsAboutToStop(String path) {
        service.readiness().enter(Phase.DRAINING);

        assertReport(path, 503, """
                {"status": "not_ready", "phase": "draining", "checks": [{"name": "postgres", "status": "up"},
                 {"name": "redis", "status": "up"}, {"name": "engine", "status": "up"}, {"name": "limits", "status": "up"}]}""");
    }

    private static void assertReport(String path, int status, String report) {
        HttpResponse<Buffer> response = service.anonymous().get(path);
        assertThat(response.bodyAsJsonObject()).isEqualTo(new JsonObject(report));
        assertThat(response.statusCode()).isEqualTo(status);
    }
}
