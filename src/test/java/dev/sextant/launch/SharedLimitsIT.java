package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two server processes over one PostgreSQL and one Redis keep one tenant's limit together. */
@Timeout(120)
class SharedLimitsIT {

    private static final String LIST = "/api/v2/datasets";
    private static final String SCOPES = "[\"admin:limits\",\"datasets:read\"]";

    private static SharedServers servers;
    private static RunningServer one;
    private static RunningServer two;

    @BeforeAll
    static void start() throws IOException {
        servers = new SharedServers(Map.of());
        one = servers.start();
        two = servers.start();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    private record Tenant(String id, String key) {
        String limits() {
            return "/api/v2/admin/tenants/" + id + "/limits";
        }
    }

    private static Tenant tenant(String name) throws IOException {
        String platform = one.platformKey();
        String id = one.postJson(platform, "/api/v2/admin/tenants", "{\"name\": \"%s\"}".formatted(name))
                .path("id")
                .textValue();
        String key = one.postJson(
                        platform,
                        "/api/v2/api-keys?tenant_id=" + id,
                        "{\"name\": \"k\", \"scopes\": %s}".formatted(SCOPES))
                .path("key")
                .textValue();
        return new Tenant(id, key);
    }

    @Test
    void aChangeIsInForceOnBothWithinASecond() throws IOException {
        Tenant tenant = tenant("changing");
        one.get(tenant.key(), LIST);
        two.get(tenant.key(), LIST);
        one.put(
                tenant.key(),
                tenant.limits(),
                "{\"requests\": {\"per_minute\": 76}}"); // code that never ran takes its time

        JsonNode changed =
                RunningServer.json(one.put(tenant.key(), tenant.limits(), "{\"requests\": {\"per_minute\": 77}}"));

        assertThat(changed.path("propagated").path("nodes").intValue())
                .as(changed.toString())
                .isEqualTo(2);
        assertThat(changed.path("propagated").path("ms").longValue()).isLessThan(1000);
        for (RunningServer server : List.of(one, two)) {
            await().atMost(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(server.get(tenant.key(), LIST)
                                    .headers()
                                    .firstValue("ratelimit-policy")
                                    .orElse(""))
                            .startsWith("\"req\";q=77;w=60"));
        }
    }

    @Test
    void togetherTheyAdmitTheLimitAndNoMore() throws Exception {
        Tenant tenant = tenant("flooding");
        int perSecond = 40;
        long quota = 160;
        one.put(
                tenant.key(),
                tenant.limits(),
                "{\"requests\": {\"per_second\": %d, \"burst\": %d}}".formatted(perSecond, quota));
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(two.get(tenant.key(), LIST)
                                .headers()
                                .firstValue("ratelimit-policy")
                                .orElse(""))
                        .startsWith("\"burst\";q=160;w=4"));
        List<Long> admitted = Collections.synchronizedList(new ArrayList<>());
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(20);

        List<Thread> callers = new ArrayList<>();
        for (RunningServer server : List.of(one, two, one, two)) {
            callers.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < end) {
                    long asked = System.nanoTime();
                    if (server.get(tenant.key(), LIST).statusCode() == 200) {
                        admitted.add((asked + System.nanoTime()) / 2);
                    }
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }

        List<Long> sorted = admitted.stream().sorted().toList();
        assertThat(most(sorted, TimeUnit.SECONDS.toNanos(4) - TimeUnit.MILLISECONDS.toNanos(20)))
                .isLessThanOrEqualTo((long) Math.ceil(quota * 1.02));
        assertThat(sorted.size()).isGreaterThanOrEqualTo((int) (5 * quota * 0.95));
        assertThat(sorted.size()).isLessThanOrEqualTo((int) (6 * quota));
    }

    /** The most in a stretch of that length: a little shorter than the window, as callers do not know when exactly they were let in. */
    private static long most(List<Long> sorted, long stretchNanos) {
        long most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (sorted.get(last) - sorted.get(first) >= stretchNanos) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
