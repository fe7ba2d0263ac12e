package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server is killed between the effect of a request and its answer: whoever sends it again gets the answer, and the effect is
 * there once.
 */
@Timeout(90)
class OnceIT {

    private static final String TENANTS = "/api/v2/admin/tenants";
    private static final String KEYS = "/api/v2/api-keys";

    /** What is answered is not kept, and so not told, as long as the test holds this lock. */
    private static final String HOLD_ANSWERS = """
            CREATE FUNCTION hold_answers() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF NEW.answer IS NOT NULL THEN PERFORM pg_advisory_xact_lock(4242); END IF; RETURN NEW; END $$;
            CREATE TRIGGER hold_answers BEFORE UPDATE ON idempotency FOR EACH ROW EXECUTE FUNCTION hold_answers()""";

    private static final String LET_THEM_GO = "DROP TRIGGER hold_answers ON idempotency; DROP FUNCTION hold_answers()";

    private static final String WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";

    private static SharedServers servers;
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        servers = new SharedServers(Map.of("SEXTANT_IDEMPOTENCY_LEASE", "1s"));
        server = servers.start();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @BeforeEach
    void forgetWhatWasDoneOnce() {
        TestServers.asSuperuser(servers.database(), "DELETE FROM idempotency");
    }

    @Test
    void aTenantIsMadeOnce() throws Exception {
        String key = server.platformKey();
        String wish = "{\"name\": \"made once\"}";

        killAtTheAnswer(key, TENANTS, wish, "SELECT count(*) FROM tenant WHERE name = 'made once'", 1);
        HttpResponse<String> again = sendUntilTaken(key, TENANTS, wish);

        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(number("SELECT count(*) FROM tenant WHERE name = 'made once'"))
                .isEqualTo(1);
        JsonNode made = RunningServer.json(again);
        assertThat(RunningServer.json(
                        server.get(key, TENANTS + "/" + made.path("id").textValue())))
                .isEqualTo(made);
        HttpResponse<String> third = send(key, TENANTS, wish);
        assertThat(third.headers().firstValue("idempotent-replayed")).hasValue("true");
        assertThat(third.body()).isEqualTo(again.body());
    }

    @Test
    void aKeyIsMadeOnceAndItsTextIsToldAndKeptForNobodyElse() throws Exception {
        String key = server.platformKey();
        String wish = "{\"name\": \"made once\", \"scopes\": [\"keys:read\"]}";

        killAtTheAnswer(key, KEYS, wish, "SELECT count(*) FROM api_key WHERE name = 'made once'", 1);
        String kept = text("SELECT encode(effect, 'escape') FROM idempotency");
        JsonNode made = RunningServer.json(sendUntilTaken(key, KEYS, wish));

        assertThat(number("SELECT count(*) FROM api_key WHERE name = 'made once'"))
                .isEqualTo(1);
        assertThat(server.get(made.path("key").textValue(), KEYS).statusCode()).isEqualTo(200);
        assertThat(kept).isNotEmpty().doesNotContain("ak_live_", "made once");
        assertThat(text("SELECT encode(answer, 'escape') FROM idempotency")).doesNotContain("ak_live_", "made once");
    }

    @Test
    void eventsWithoutIdsAreTakenOnce() throws Exception {
        String platform = server.platformKey();
        String tenant = server.postJson(platform, TENANTS, "{\"name\": \"eventful\"}")
                .path("id")
                .textValue();
        String scopes = "[\"analytics:read\",\"datasets:read\",\"datasets:write\",\"events:write\"]";
        String key = server.postJson(
                        platform, KEYS + "?tenant_id=" + tenant, "{\"name\": \"k\", \"scopes\": %s}".formatted(scopes))
                .path("key")
                .textValue();
        server.postJson(key, "/api/v2/datasets", "{\"name\": \"clicks\", \"model\": {}}");
        String events = "[{\"n\": 1}, {\"n\": 1}, {\"n\": 2}]";
        String path = "/api/v2/datasets/clicks/events";

        killAtTheAnswer(key, path, events, "SELECT count(*) FROM idempotency", 1);
        HttpResponse<String> again = sendUntilTaken(key, path, events);

        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        JsonNode rows = server.postJson(
                        key, "/api/v2/analytics/realtime/query", "{\"measures\": [{\"agg\": \"count\"}]}")
                .path("rows");
        assertThat(rows.toString()).isEqualTo("[[3]]");
    }

    private void killAtTheAnswer(String key, String path, String body, String sign, long there) throws Exception {
        TestServers.asSuperuser(servers.database(), HOLD_ANSWERS);
        try (Connection holder = connection();
                Statement lock = holder.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(4242)");
            Thread caller = Thread.ofPlatform().start(() -> sendInVain(key, path, body));
            await().atMost(Duration.ofSeconds(10)).until(() -> number(sign) == there);
            await().atMost(Duration.ofSeconds(10)).until(() -> number(WAITING) == 1);
            server.kill();
            caller.join();
        }
        TestServers.asSuperuser(servers.database(), LET_THEM_GO);
        server = servers.startAgain();
    }

    private void sendInVain(String key, String path, String body) {
        try {
            send(key, path, body);
        } catch (UncheckedIOException _) {
            // killed
        }
    }

    /** The node that was at it is believed to be for a while. */
    private HttpResponse<String> sendUntilTaken(String key, String path, String body) {
        await().atMost(Duration.ofSeconds(10)).until(() -> send(key, path, body).statusCode() != 409);
        return send(key, path, body);
    }

    private HttpResponse<String> send(String key, String path, String body) {
        return server.send(key, "POST", path, body, "idempotency-key", "the same");
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() && rows.getString(1) != null ? rows.getString(1) : "";
        }
    }

    private Connection connection() throws SQLException {
        String url = "jdbc:postgresql://%s:%d/%s"
                .formatted(
                        servers.database().host(),
                        servers.database().port(),
                        servers.database().database());
        String password = servers.database().passwords().platform().value();
        return DriverManager.getConnection(url, "sextant_platform", password);
    }
}
