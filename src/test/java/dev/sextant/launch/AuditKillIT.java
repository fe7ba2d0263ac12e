package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.launch.children.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server killed under load: what a client has received in full is on record, once, and the meter says what the log says. */
@Timeout(300)
class AuditKillIT {

    private static final int CLIENTS = 4;
    private static final int ANSWERS_PER_LIFE = 400;
    private static final int LIVES = 3;
    private static final String SCOPES =
            "[\"analytics:read\",\"datasets:read\",\"datasets:write\",\"events:write\",\"audit:read\",\"admin:usage\"]";

    private final Path folder = TestFolders.make();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private String tenant = "";
    private String key = "";
    private RunningServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = RunningServer.start(folder);
    }

    @AfterEach
    void stopServer() throws InterruptedException {
        server.end();
        TestFolders.delete(folder);
    }

    @Test
    void everyAnswerHasItsRecordOnce() throws Exception {
        makeTenant();
        for (int life = 0; life < LIVES; life++) {
            liveAndDie();
            server = RunningServer.start(folder);
        }

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> requestIdToRecords().keySet().containsAll(answered));
        Map<String, Integer> records = requestIdToRecords();
        assertThat(answered).hasSizeGreaterThan(ANSWERS_PER_LIFE * LIVES);
        assertThat(records.values()).allMatch(count -> count == 1);

        JsonNode usage = RunningServer.json(server.get(key, "/api/v2/admin/tenants/" + tenant + "/usage"));
        assertThat(usage.at("/reconciliation/matches").booleanValue())
                .as(usage.toString())
                .isTrue();
        assertThat(usage.at("/totals/requests").longValue()).isGreaterThanOrEqualTo(records.size());
        JsonNode report = server.postJson(key, "/api/v2/audit/verify", "{}");
        assertThat(report.path("valid").booleanValue()).as(report.toString()).isTrue();
    }

    /** Asks all kinds of things from all sides, until the server is killed in the middle of it. */
    private void liveAndDie() throws InterruptedException {
        int before = answered.size();
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clients.add(Thread.ofPlatform().start(() -> askUntilAway(number, isOver)));
        }
        while (answered.size() < before + ANSWERS_PER_LIFE && clients.stream().anyMatch(Thread::isAlive)) {
            Thread.onSpinWait();
        }
        server.kill();
        isOver.set(true);
        for (Thread client : clients) {
            client.join();
        }
    }

    private void askUntilAway(int client, AtomicBoolean isOver) {
        try {
            for (int turn = 0; !isOver.get(); turn++) {
                HttpResponse<String> response = ask(client + turn);
                answered.add(response.headers().firstValue("x-request-id").orElseThrow());
            }
        } catch (UncheckedIOException _) {
            // killed
        }
    }

    private HttpResponse<String> ask(int kind) {
        String query = "{\"dataset\":\"clicks\",\"measures\":[{\"agg\":\"count\"}]}";
        return switch (kind % 5) {
            case 0 -> server.get(key, "/api/v2/datasets");
            case 1 -> server.post(key, "/api/v2/analytics/realtime/query", "application/json", query);
            case 2 -> server.get(key, "/api/v2/datasets/nothing");
            case 3 ->
                server.post(
                        key,
                        "/api/v2/saved-queries",
                        "application/json",
                        "{\"name\":\"n\",\"query\":{\"dataset\":\"clicks\",\"measures\":[{\"agg\":\"count\"}]}}");
            default ->
                server.post(key, "/api/v2/datasets/clicks/events", "application/x-ndjson", "{\"place\":" + kind + "}");
        };
    }

    /** Of all calls on record, how often each is there. */
    private Map<String, Integer> requestIdToRecords() {
        Map<String, Integer> counts = new HashMap<>();
        String cursor = "";
        do {
            String path = "/api/v2/audit/events?limit=1000" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
            JsonNode page = RunningServer.json(server.get(key, path));
            page.path("data")
                    .forEach(record -> counts.merge(record.path("request_id").asText(), 1, Integer::sum));
            cursor = page.path("next_cursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        return counts;
    }

    private void makeTenant() throws IOException {
        String platform = server.platformKey();
        tenant = server.postJson(platform, "/api/v2/admin/tenants", "{\"name\":\"acme\"}")
                .get("id")
                .textValue();
        key = server.postJson(
                        platform,
                        "/api/v2/api-keys?tenant_id=" + tenant,
                        "{\"name\":\"a\",\"scopes\":%s}".formatted(SCOPES))
                .get("key")
                .textValue();
        server.postJson(key, "/api/v2/datasets", """
                {"name":"clicks","model":{"time":"time","dimensions":[{"name":"place","type":"long"}]}}""");
    }
}
