package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.soak.Round;
import dev.sextant.soak.Soak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The whole server, killed again and again while batches come in and queries run: whatever it had answered for is there
 * once, right after it is back. {@code ServerLifeIT} kills it once, with each run of the tests.
 */
@Tag("soak-kills")
@EnabledIfSystemProperty(
        named = "sextant.soak",
        matches = "kills",
        disabledReason = "ServerLifeIT plays one round of it")
class ServerKillsIT {

    private static final int EVENTS_PER_BATCH = 200;
    private static final int BATCHES_PER_LIFE_MAX = 40;
    private static final int TRIES_MAX = 10;
    private static final List<Integer> BUSY = List.of(503, 504);
    private static final String EVENTS = "/api/v2/datasets/clicks/events";
    private static final String QUERY = "/api/v2/analytics/realtime/query";
    private static final String SCOPES = "[\"analytics:read\",\"datasets:read\",\"datasets:write\",\"events:write\"]";

    @Test
    void losesNothingItAnsweredForAndHasNothingTwice() throws IOException {
        Soak.of("kills", 10, 50).play(round -> {
            Path folder = TestFolders.make();
            try {
                new Lives(folder).play(round);
            } finally {
                TestFolders.delete(folder);
            }
        });
    }

    /** One data folder, and the servers that run on it one after the other. Batches are numbered from 0 and answered in order. */
    private static final class Lives {

        private final AtomicInteger answered = new AtomicInteger();
        private final Path folder;
        private RunningServer server;
        private final String key;

        Lives(Path folder) throws IOException {
            this.folder = folder;
            this.server = RunningServer.start(folder);
            this.key = makeDataset();
        }

        void play(Round round) throws Exception {
            try {
                while (round.next()) {
                    long versionBefore =
                            liveAndDie(answered.get() + round.random().nextInt(1, BATCHES_PER_LIFE_MAX));
                    server = RunningServer.start(folder);
                    JsonNode answer = batches();
                    assertThat(version(answer)).isGreaterThanOrEqualTo(versionBefore);
                    requireEachOnce(answer);
                    sendAgain(round);
                    requireEachOnce(batches());
                }
            } finally {
                server.end(); // in good order, so that its PostgreSQL and Redis end as well
            }
        }

        /** Sends and asks until the server is killed, soon after so many batches; the last data version that was seen. */
        private long liveAndDie(int batches) throws InterruptedException {
            AtomicInteger versionSeen = new AtomicInteger();
            Thread sender = Thread.ofPlatform().start(() -> sendUntilAway(versionSeen));
            while (answered.get() < batches && sender.isAlive()) {
                Thread.onSpinWait();
            }
            server.kill();
            sender.join();
            assertThat(answered.get()).as("answered before the kill").isGreaterThanOrEqualTo(batches);
            return versionSeen.get();
        }

        private void sendUntilAway(AtomicInteger versionSeen) {
            try {
                while (send(answered.get()).statusCode() == 202) {
                    int there = answered.incrementAndGet();
                    if (there % 4 == 0) {
                        versionSeen.set(askedInBetween(there));
                    }
                }
            } catch (UncheckedIOException _) {
                // killed
            }
        }

        private int askedInBetween(int there) {
            JsonNode answer = batches();
            if (answer.path("rows").size() < there) {
                throw new IllegalStateException("A batch that was answered for is not seen: " + answer);
            }
            return (int) version(answer);
        }

        /** What may have been lost on the way, and one that was answered for. */
        private void sendAgain(Round round) {
            assertThat(send(round.random().nextInt(answered.get())).statusCode())
                    .isEqualTo(202);
            assertThat(send(answered.get()).statusCode()).isEqualTo(202);
            answered.incrementAndGet();
        }

        /** Each batch that was answered for is whole, and no event is there twice; a batch that was not is whole or away. */
        private void requireEachOnce(JsonNode answer) {
            JsonNode rows = answer.path("rows");
            assertThat(rows.size()).as(answer.toString()).isBetween(answered.get(), answered.get() + 1);
            for (int batch = 0; batch < rows.size(); batch++) {
                assertThat(rows.get(batch).toString())
                        .isEqualTo("[%d,%d,%d]".formatted(batch, EVENTS_PER_BATCH, EVENTS_PER_BATCH));
            }
        }

        private HttpResponse<String> send(int batch) {
            String lines = IntStream.range(0, EVENTS_PER_BATCH)
                    .mapToObj(place ->
                            "{\"event_id\":\"%d-%d\",\"batch\":%d,\"place\":%d}".formatted(batch, place, batch, place))
                    .collect(Collectors.joining("\n"));
            return server.post(key, EVENTS, "application/x-ndjson", lines);
        }

        /** Asks again where a machine with too much to do says so. */
        private JsonNode batches() {
            HttpResponse<String> response = asked();
            for (int tries = 0; BUSY.contains(response.statusCode()) && tries < TRIES_MAX; tries++) {
                response = asked();
            }
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return RunningServer.json(response);
        }

        private HttpResponse<String> asked() {
            return server.post(key, QUERY, "application/json", """
                    {"dataset":"clicks","dimensions":["batch"],"limit":10000,"measures":[{"agg":"count","as":"events"},
                     {"agg":"count_distinct","field":"place","as":"places"}]}""");
        }

        private static long version(JsonNode answer) {
            return Long.parseLong(answer.path("data_version").asText().replace("dv_", ""));
        }

        private String makeDataset() throws IOException {
            String platform = server.platformKey();
            String tenant = server.postJson(platform, "/api/v2/admin/tenants", "{\"name\":\"acme\"}")
                    .get("id")
                    .textValue();
            String made = server.postJson(
                            platform,
                            "/api/v2/api-keys?tenant_id=" + tenant,
                            "{\"name\":\"a\",\"scopes\":%s}".formatted(SCOPES))
                    .get("key")
                    .textValue();
            server.postJson(made, "/api/v2/datasets", """
                    {"name":"clicks","model":{"time":"time","dimensions":[
                     {"name":"batch","type":"long"},{"name":"place","type":"long"}]}}""");
            return made;
        }
    }
}
