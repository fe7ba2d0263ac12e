package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.launch.children.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a server as its operator sees it: started, stopped, killed, started again. */
@Timeout(180)
class ServerLifeIT {

    private static final int BATCHES = 200;
    private static final int EVENTS_PER_BATCH = 1000;
    private static final String EVENTS = "/api/v2/datasets/clicks/events";
    private static final String SCOPES = "[\"analytics:read\",\"datasets:read\",\"datasets:write\",\"events:write\"]";

    private final Path folder = TestFolders.make();
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
    void tellsWhereItIsAndExitsInGoodOrder() throws IOException, InterruptedException {
        Path file = folder.resolve("server.json");

        assertThat(server.get("", "/health/ready").statusCode()).isEqualTo(200);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(server.stop()).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesASecondServerOnItsFolder() throws IOException, InterruptedException {
        Process second = RunningServer.launch(folder);

        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(Main.EXIT_UNAVAILABLE);
        assertThat(server.get("", "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void keepsEachAnsweredBatchOnceWhenItIsKilled() throws Exception {
        makeDataset();
        Set<Integer> answered = ConcurrentHashMap.newKeySet();
        Thread sender = Thread.ofPlatform().start(() -> sendAll(answered));
        while (answered.size() < BATCHES / 4) {
            Thread.onSpinWait();
        }

        server.kill();
        sender.join();
        Set<Integer> kept = Set.copyOf(answered);
        server = RunningServer.start(folder);

        JsonNode rows = batches();
        kept.forEach(batch -> assertThat(count(rows, batch)).isEqualTo(EVENTS_PER_BATCH));
        sendAll(answered);
        JsonNode all = batches();
        assertThat(all.size()).isEqualTo(BATCHES);
        IntStream.range(0, BATCHES)
                .forEach(batch -> assertThat(count(all, batch)).isEqualTo(EVENTS_PER_BATCH));
    }

    private void makeDataset() throws IOException {
        String platform = server.platformKey();
        String tenant = server.postJson(platform, "/api/v2/admin/tenants", "{\"name\":\"acme\"}")
                .get("id")
                .textValue();
        key = server.postJson(
                        platform,
                        "/api/v2/api-keys?tenant_id=" + tenant,
                        "{\"name\":\"a\",\"scopes\":%s}".formatted(SCOPES))
                .get("key")
                .textValue();
        server.postJson(key, "/api/v2/datasets", """
                {"name":"clicks","model":{"time":"time","dimensions":[
                 {"name":"batch","type":"long"},{"name":"place","type":"long"}]}}""");
    }

    /** Until all are answered, or the server is away. */
    private void sendAll(Set<Integer> answered) {
        for (int batch = 0; batch < BATCHES; batch++) {
            try {
                if (server.post(key, EVENTS, "application/x-ndjson", lines(batch))
                                .statusCode()
                        == 202) {
                    answered.add(batch);
                }
            } catch (UncheckedIOException _) {
                return;
            }
        }
    }

    private static String lines(int batch) {
        return IntStream.range(0, EVENTS_PER_BATCH)
                .mapToObj(place ->
                        "{\"event_id\":\"%d-%d\",\"batch\":%d,\"place\":%d}".formatted(batch, place, batch, place))
                .collect(Collectors.joining("\n"));
    }

    /** Batch, events, and distinct places of events, so that one that is there twice shows. */
    private JsonNode batches() {
        return server.postJson(key, "/api/v2/analytics/realtime/query", """
                        {"dataset":"clicks","dimensions":["batch"],"measures":[{"agg":"count","as":"events"},
                         {"agg":"count_distinct","field":"place","as":"places"}]}""").get("rows");
    }

    /** The events of a batch; -1 where one of them is there twice. */
    private static long count(JsonNode rows, int batch) {
        for (JsonNode row : rows) {
            if (row.get(0).longValue() == batch) {
                return row.get(1).equals(row.get(2)) ? row.get(1).longValue() : -1;
            }
        }
        return 0;
    }
}
