package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sextant.QuietLog;
import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** However much is logged: no credential is, nor what callers send. */
@Timeout(120)
class SecretsContractTest {

    private static final String MARK = "n0body5hould1og7hi5";

    @Test
    void aWholeRunLogsNoSecretAndNoPayload() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        root.setLevel(Level.DEBUG);
        try (QuietLog log = QuietLog.listen();
                Service service = new Service(Bus.Wire.ALWAYS)) {
            List<String> secrets = run(service);

            List<String> told = log.told(Level.TRACE);

            assertThat(told).as("it does log").isNotEmpty();
            for (String secret : secrets) {
                assertThat(told).noneMatch(line -> line.contains(secret));
            }
        } finally {
            root.setLevel(before);
        }
    }

    /** Does what callers do, well and badly; what none of it may show. */
    private static List<String> run(Service service) {
        Customer shop = service.newCustomer();
        Caller caller = shop.caller();
        Sales.fill(shop);
        String token =
                token(service, shop.keyId(), shop.key()).bodyAsJsonObject().getString("access_token");
        String ticket =
                caller.post("/api/v2/auth/ws-ticket", "").bodyAsJsonObject().getString("ticket");
        String secondKey =
                Service.newKey(caller, shop.tenant(), List.of("keys:read")).getString("key");
        token(service, shop.keyId(), MARK);
        service.platform().as(token).get("/api/v2/datasets");
        service.platform().as(MARK).get("/api/v2/datasets");
        service.platform().as(shop.key() + "x").get("/api/v2/datasets");
        caller.post(Sales.QUERY, "{\"dataset\": \"" + MARK + "\"}");
        caller.post(Sales.QUERY, "{\"" + MARK);
        caller.post(
                Sales.QUERY,
                "{\"dataset\": \"sales\", \"measures\": [{\"agg\": \"count\"}], \"filter\": {\"field\": \"country\", \"op\": \"eq\", \"value\": \"%s\"}}"
                        .formatted(MARK));
        caller.post("/api/v2/analytics/sql", "{\"sql\": \"SELECT '" + MARK + "' FROM nothing\"}");
        caller.post(Sales.EVENTS_PATH, "[{\"country\": \"" + MARK + "\"}, {\"amount\": \"" + MARK + "\"}]");
        caller.get("/" + MARK + "?ticket=" + ticket);
        SecuritySettingsContractTest.put(shop, "{\"allowed_origins\": [\"" + MARK + "\"]}", "");
        return List.of(
                shop.key(),
                secondKey,
                token,
                ticket,
                MARK,
                service.platform().credential(),
                dev.sextant.TestServers.redis().password().value(),
                dev.sextant.TestServers.masterKey().value());
    }

    private static io.vertx.ext.web.client.HttpResponse<Buffer> token(Service service, String id, String secret) {
        return service.anonymous()
                .send(
                        service.anonymous()
                                .request(HttpMethod.POST, "/oauth/token")
                                .putHeader("content-type", "application/x-www-form-urlencoded"),
                        Buffer.buffer(
                                "grant_type=client_credentials&client_id=%s&client_secret=%s".formatted(id, secret)));
    }
}
