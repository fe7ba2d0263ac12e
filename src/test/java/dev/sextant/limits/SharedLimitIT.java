package dev.sextant.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.TenantId;
import dev.sextant.limits.Policy.Unit;
import dev.sextant.store.LeaseGrant;
import dev.sextant.store.LeaseRequest;
import dev.sextant.store.RedisKey;
import dev.sextant.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several nodes share a limit by the real Redis, on a clock of the test's own: a run of minutes takes a second. */
class SharedLimitIT {

    private static final long START_MILLIS = 1_764_000_000_000L;
    private static final TenantId TENANT = new TenantId("ten_a");

    private static Vertx vertx;
    private static RedisStore redis;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        redis = RedisStore.open(vertx, TestServers.redis());
    }

    @AfterAll
    static void close() {
        await(redis.close());
        await(vertx.close());
    }

    /** One node; its questions are answered a little later. */
    private static final class Node {
        private final Lease lease;
        private final RedisKey key;
        private final Random random;
        private long answerAt = Long.MAX_VALUE;
        private @Nullable LeaseRequest asked;
        private boolean isCut;
        private int waiting;

        Node(Policy policy, RedisKey key, String name, Random random) {
            this.lease = new Lease(policy, name, 0);
            this.key = key;
            this.random = random;
        }

        /** Whether a request is let in at that moment; one that has to wait for an answer counts with the next one. */
        boolean wants(long millis, int nodes) {
            Lease.Answer answer = lease.take(millis * 1_000_000, nodes);
            if (answer == Lease.Answer.ASK || answer == Lease.Answer.TAKEN_LAST) {
                ask(true, millis);
            }
            waiting += answer == Lease.Answer.ASK ? 1 : 0;
            return answer == Lease.Answer.TAKEN || answer == Lease.Answer.TAKEN_LAST;
        }

        private void ask(boolean wants, long millis) {
            LeaseRequest request = lease.ask(wants, millis * 1_000_000);
            if (request != null) {
                asked = request;
                answerAt = millis + random.nextInt(1, 4);
            }
        }

        /** What goes on by itself; how many that waited are let in. */
        int pass(long millis) {
            int letIn = 0;
            if (millis >= answerAt) {
                answerAt = Long.MAX_VALUE;
                if (isCut) {
                    lease.failed(Objects.requireNonNull(asked), millis * 1_000_000);
                } else {
                    LeaseRequest request = Objects.requireNonNull(asked);
                    lease.granted(request, grant(at(request, START_MILLIS + millis)), millis * 1_000_000);
                }
                int woken = waiting;
                waiting = 0;
                for (int i = 0; i < woken; i++) {
                    letIn += wants(millis, 2) ? 1 : 0;
                }
            }
            if (millis % 100 == 0 && lease.isToReport(millis * 1_000_000)) {
                ask(false, millis);
            }
            return letIn;
        }

        private LeaseGrant grant(LeaseRequest request) {
            return await(redis.lease(key, request));
        }
    }

    private static LeaseRequest at(LeaseRequest asked, long nowMillis) {
        return new LeaseRequest(
                asked.node(),
                asked.quota(),
                asked.windowMillis(),
                asked.spent(),
                asked.held(),
                asked.wanted(),
                asked.believedMillis(),
                nowMillis);
    }

    private static List<Node> nodes(int count, Policy policy, long seed) {
        RedisKey key = new RedisKey(TENANT, Ids.make("limit"));
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(new Node(policy, key, "n" + i, new Random(seed + i)));
        }
        return nodes;
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 60000, 2, 1",
        "1000, 60000, 3, 2",
        "100, 60000, 2, 3",
        "10, 60000, 2, 4",
        "1, 10000, 2, 5",
        "200, 4000, 2, 6",
        "50, 1000, 2, 7",
        "1000, 1000, 2, 8",
        "37, 7000, 4, 9"
    })
    void admitsTheLimitInEachWindowWhateverIsAsked(long quota, long windowMillis, int count, long seed) {
        List<Node> nodes = nodes(count, new Policy("p", Unit.REQUESTS, quota, windowMillis), seed);
        Random random = new Random(seed);
        List<Long> admitted = new ArrayList<>();

        long length = 4 * windowMillis;
        double perMilli = 3.0 * quota / windowMillis / count;
        for (long millis = 0; millis < length; millis++) {
            for (Node node : nodes) {
                add(admitted, node.pass(millis), millis);
                for (double wishes = perMilli; wishes > random.nextDouble(); wishes--) {
                    if (node.wants(millis, count)) {
                        admitted.add(millis);
                    }
                }
            }
        }

        assertThat(mostInAWindow(admitted, windowMillis)).isLessThanOrEqualTo(quota);
        assertThat(admitted.size()).isGreaterThanOrEqualTo((int) Math.floor(4 * quota * 0.95));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void neverAdmitsMoreHoweverTheLoadMoves(long seed) {
        Random random = new Random(seed);
        long quota = random.nextLong(1, 500);
        long windowMillis = random.nextLong(500, 20_000);
        int count = random.nextInt(1, 5);
        List<Node> nodes = nodes(count, new Policy("p", Unit.REQUESTS, quota, windowMillis), seed);
        List<Long> admitted = new ArrayList<>();

        double load = 0;
        for (long millis = 0; millis < 3 * windowMillis; millis++) {
            if (millis % 200 == 0) {
                load = random.nextBoolean() ? 0 : random.nextDouble() * 20 * quota / windowMillis;
            }
            Node busy = nodes.get(random.nextInt(count));
            long now = millis;
            nodes.forEach(node -> add(admitted, node.pass(now), now));
            for (double wishes = load; wishes > random.nextDouble(); wishes--) {
                if (busy.wants(millis, count)) {
                    admitted.add(millis);
                }
            }
        }

        assertThat(mostInAWindow(admitted, windowMillis))
                .as("seed %d, quota %d in %d ms, %d nodes", seed, quota, windowMillis, count)
                .isLessThanOrEqualTo(quota);
    }

    @Test
    void whatIsNotSpentComesBackWithinASecond() {
        List<Node> nodes = nodes(2, new Policy("p", Unit.REQUESTS, 10, 60_000), 21);
        Node idle = nodes.getFirst();
        assertThat(idle.wants(0, 2)).isFalse();
        int admitted = 0;
        for (long millis = 1; millis < 1_300; millis++) {
            admitted += idle.pass(millis);
        }

        for (long millis = 1_300; millis < 2_000; millis++) {
            admitted += nodes.getLast().pass(millis);
            admitted += nodes.getLast().wants(millis, 2) ? 1 : 0;
        }

        assertThat(admitted).isEqualTo(10);
    }

    @Test
    void whatADeadNodeHeldCountsAsSpent() {
        List<Node> nodes = nodes(2, new Policy("p", Unit.REQUESTS, 100, 60_000), 22);
        Node dead = nodes.getFirst();
        int ofTheDead = 0;
        for (long millis = 0; millis < 20; millis++) {
            ofTheDead += dead.pass(millis);
            ofTheDead += dead.wants(millis, 2) ? 1 : 0;
        }

        int ofTheOther = 0;
        for (long millis = 20; millis < 30_000; millis++) {
            ofTheOther += nodes.getLast().pass(millis);
            ofTheOther += nodes.getLast().wants(millis, 2) ? 1 : 0;
        }

        assertThat(ofTheDead).isPositive();
        assertThat(ofTheDead + ofTheOther).isBetween(50, 100);
    }

    @Test
    void aloneEachKeepsToItsShareAndTellsTheOthersLater() {
        List<Node> nodes = nodes(2, new Policy("p", Unit.REQUESTS, 100, 10_000), 23);
        List<Long> admitted = new ArrayList<>();

        for (long millis = 0; millis < 40_000; millis++) {
            for (Node node : nodes) {
                node.isCut = millis > 5_000 && millis < 25_000;
                add(admitted, node.pass(millis), millis);
                if (node.wants(millis, 2)) {
                    admitted.add(millis);
                }
            }
        }

        assertThat(mostInAWindow(admitted, 10_000)).isLessThanOrEqualTo(102);
        assertThat(admitted.size()).isGreaterThanOrEqualTo(380);
    }

    @Test
    void thingsAtOnceAreSharedAndGivenBack() {
        List<Node> nodes = nodes(2, new Policy("p", Unit.AT_ONCE, 5, 0), 24);
        int[] present = new int[2];

        for (long millis = 0; millis < 5_000; millis++) {
            for (int i = 0; i < 2; i++) {
                present[i] += nodes.get(i).pass(millis);
                if (nodes.get(i).wants(millis, 2)) {
                    present[i]++;
                }
            }
            assertThat(present[0] + present[1]).isLessThanOrEqualTo(5);
        }
        assertThat(present[0] + present[1]).isEqualTo(5);

        nodes.getFirst().waiting = 0;
        for (; present[0] > 0; present[0]--) {
            nodes.getFirst().lease.release();
        }
        int more = 0;
        for (long millis = 5_000; millis < 8_000; millis++) {
            nodes.getFirst().pass(millis);
            more += nodes.getLast().pass(millis);
            more += nodes.getLast().wants(millis, 2) ? 1 : 0;
        }
        assertThat(present[1] + more).isEqualTo(5);
    }

    @Test
    void costIsLetInWhileSomeIsLeft() {
        Node node = nodes(1, new Policy("p", Unit.COST_UNITS, 1000, 10_000), 25).getFirst();
        List<Long> charged = new ArrayList<>();

        for (long millis = 0; millis < 40_000; millis++) {
            int letIn = node.pass(millis) + (node.wants(millis, 1) ? 1 : 0);
            if (letIn > 0) {
                node.lease.charge(300, millis * 1_000_000);
                add(charged, 300, millis);
            }
        }

        assertThat(mostInAWindow(charged, 10_000)).isBetween(1000L, 1299L);
    }

    private static void add(List<Long> admitted, int count, long millis) {
        for (int i = 0; i < count; i++) {
            admitted.add(millis);
        }
    }

    /** By brute force. */
    private static long mostInAWindow(List<Long> admitted, long windowMillis) {
        long most = 0;
        int first = 0;
        for (int last = 0; last < admitted.size(); last++) {
            while (admitted.get(last) - admitted.get(first) >= windowMillis) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
