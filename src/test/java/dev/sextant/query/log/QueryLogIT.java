package dev.sextant.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import dev.sextant.query.model.Query;
import dev.sextant.store.Postgres;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueryLogIT {

    private static final TenantId TENANT = new TenantId("ten_a");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
    private static final QueryLogConfig CONFIG = new QueryLogConfig(Duration.ofHours(1), 3, 2);

    private static Vertx vertx;
    private static PostgresConfig config;
    private static Postgres postgres;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        config = TestServers.freshPostgres();
        postgres = await(Postgres.open(vertx, config, () -> NOON));
        TestServers.asSuperuser(config, "INSERT INTO tenant (id, name, plan) VALUES ('ten_a', 'a', 'standard')");
    }

    @AfterAll
    static void close() {
        await(postgres.close());
        await(vertx.close());
    }

    @BeforeEach
    void anew() {
        TestServers.asSuperuser(config, "DELETE FROM dataset");
        TestServers.asSuperuser(
                config, "INSERT INTO dataset (tenant_id, name, model) VALUES ('ten_a', 'clicks', '{}')");
    }

    private static <T> T await(Future<T> future) {
        return future.await();
    }

    /** A node, in one life of it. */
    private record Node(QueryLog log, LoggedQueries queries) {

        static Node at(Instant now) {
            QueryLog log = new QueryLog(CONFIG);
            return new Node(log, new LoggedQueries(log, postgres.tenantDb(), CONFIG, () -> now));
        }

        void write() {
            await(queries.writeAll());
        }

        List<Counts> counts() {
            return await(queries.since(TENANT, "clicks", TODAY.minusDays(9))).stream()
                    .map(LoggedShape::counts)
                    .toList();
        }
    }

    private static LogLine line(String dataset, String field) {
        Measure sum = new Aggregate(Function.SUM, field, null, true, null, "s");
        return LogLine.of(TENANT, Query.of(dataset).measures(List.of(sum)).build(), Duration.ofSeconds(60));
    }

    @Test
    void addsUpWhatAllNodesCountedAlsoAfterTheyAreGone() {
        for (Node node : List.of(Node.at(NOON), Node.at(NOON), Node.at(NOON.minus(Duration.ofDays(1))))) {
            node.log().asked(line("clicks", "x"));
            node.log().asked(line("clicks", "x"));
            node.log().scanned(line("clicks", "x"), 100, 2_000_000);
            node.log().readRollup(line("clicks", "x"), 10, 1_000_000);
            node.write();
            node.write();
        }

        assertThat(Node.at(NOON).counts()).containsExactly(new Counts(6, 3, 300, 3, 30, 9_000));
    }

    @Test
    void readsWhatTheNodeItselfHasNotWrittenYet() {
        Node node = Node.at(NOON);
        node.log().asked(line("clicks", "x"));

        assertThat(node.counts()).containsExactly(new Counts(1, 0, 0, 0, 0, 0));
    }

    @Test
    void keepsTheShapesForWhichMostIsRead() {
        for (int i = 1; i <= 5; i++) {
            Node node = Node.at(NOON);
            node.log().scanned(line("clicks", "x" + i), i, 0);
            node.write();
        }

        assertThat(Node.at(NOON).counts()).extracting(Counts::scannedRows).containsExactly(5L, 4L, 3L);
    }

    @Test
    void countsNoMoreShapesAtOnceThanAreKept() {
        Node node = Node.at(NOON);
        for (int i = 1; i <= 5; i++) {
            node.log().asked(line("clicks", "x" + i));
        }

        assertThat(node.counts()).hasSize(3);
    }

    @Test
    void forgetsOldDays() {
        Node old = Node.at(NOON.minus(Duration.ofDays(2)));
        old.log().asked(line("clicks", "x"));
        old.write();
        Node now = Node.at(NOON);
        now.log().asked(line("clicks", "y"));
        now.write();

        assertThat(Node.at(NOON).counts()).containsExactly(new Counts(1, 0, 0, 0, 0, 0));
    }

    @Test
    void passesOverADatasetThatIsGone() {
        Node node = Node.at(NOON);
        node.log().asked(line("gone", "x"));
        node.log().asked(line("clicks", "x"));

        node.write();

        assertThat(node.counts()).hasSize(1);
        assertThat(node.log().tenants()).isEmpty();
    }
}
