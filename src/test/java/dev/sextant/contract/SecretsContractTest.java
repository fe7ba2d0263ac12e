package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sextant.QuietLog;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.Configs;
import dev.sextant.launch.SextantConfig;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** However much is logged: no credential is, nor what callers send; and none lies in the database as it is. */
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

    /** Whoever steals it, or a copy, gets in nowhere with it. */
    @Test
    void theDatabaseHoldsNoCredentialInTheClear() {
        PostgresConfig database = TestServers.freshPostgres();
        SextantConfig config = Configs.with(Map.of("identity.providers.allow_loopback", "true"));
        try (Service service = new Service(Bus.Wire.ALWAYS, database, config)) {
            Customer shop = service.newCustomer();
            List<String> secrets = make(service, shop);

            String dump = TestServers.dump(database);

            assertThat(dump).as("it is all there").contains(shop.keyId(), "ada@example.com", "corporate");
            assertThat(secrets).allSatisfy(secret -> {
                String end = secret.substring(Math.max(0, secret.length() - 24)); // what comes before may be a name
                assertThat(dump).doesNotContain(end);
                assertThat(dump).doesNotContain(HexFormat.of().formatHex(end.getBytes(StandardCharsets.UTF_8)));
            });
        }
    }

    /** One of each that the server keeps, or keeps a trace of. */
    private static List<String> make(Service service, Customer shop) {
        Caller caller = shop.caller();
        People.create(shop, "ada@example.com", "viewer");
        Relying board = Relying.register(service, shop, "confidential", "analytics:read");
        String code = board.code(new Browser(service), "ada@example.com", People.PASSWORD);
        HttpResponse<Buffer> signedIn = board.redeem(code);
        HttpResponse<Buffer> keptKey = caller.send(
                caller.json(HttpMethod.POST, "/api/v2/api-keys").putHeader("idempotency-key", "kept-for-a-day"),
                Buffer.buffer("{\"name\": \"kept\", \"scopes\": [\"keys:read\"]}"));
        String invitation = caller.post(
                        "/api/v2/users/invitations", "{\"email\": \"bob@example.com\", \"roles\": [\"viewer\"]}")
                .bodyAsJsonObject()
                .getString("token");
        try (FakeProvider provider = new FakeProvider(service.vertx())) {
            assertThat(caller.put("/api/v2/identity-providers/corporate", """
                                    {"name": "corporate", "issuer": "%s", "client_id": "sextant", "client_secret": "%s"}""".formatted(provider.issuer(), MARK))
                            .statusCode())
                    .isEqualTo(200);
        }
        return List.of(
                shop.key(),
                service.platform().credential(),
                keptKey.bodyAsJsonObject().getString("key"),
                Objects.requireNonNull(board.secret()),
                code,
                Relying.access(signedIn),
                Relying.refreshToken(signedIn),
                invitation,
                People.PASSWORD,
                MARK,
                TestServers.masterKey().value());
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
                TestServers.redis().password().value(),
                TestServers.masterKey().value());
    }

    private static HttpResponse<Buffer> token(Service service, String id, String secret) {
        return service.anonymous()
                .send(
                        service.anonymous()
                                .request(HttpMethod.POST, "/oauth/token")
                                .putHeader("content-type", "application/x-www-form-urlencoded"),
                        Buffer.buffer(
                                "grant_type=client_credentials&client_id=%s&client_secret=%s".formatted(id, secret)));
    }
}
