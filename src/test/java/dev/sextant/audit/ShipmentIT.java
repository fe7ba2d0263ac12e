package dev.sextant.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.MovableClock;
import dev.sextant.Origins;
import dev.sextant.TestServers;
import dev.sextant.audit.journal.Frame;
import dev.sextant.audit.log.LogAppend;
import dev.sextant.http.AuditEntry;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Trace;
import dev.sextant.store.Postgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What leaves the journal is in the logs and in the meter once, whatever comes twice, and whatever breaks in between. */
class ShipmentIT {

    private static final MovableClock CLOCK = new MovableClock();
    private static final LogAppend LOG = new LogAppend();
    private static Vertx vertx;
    private static Postgres postgres;

    private static final Random RANDOM = new Random(1);

    @BeforeAll
    static void openPostgres() {
        vertx = Vertx.vertx();
        postgres = Postgres.open(vertx, TestServers.freshPostgres(), CLOCK).await();
    }

    @AfterAll
    static void closePostgres() {
        postgres.close().await();
        vertx.close().await();
    }

    private static Shipment shipment(String journal) {
        Shipment shipment = new Shipment(postgres.platformDb(), journal, LOG);
        assertThat(shipment.place().await()).isZero();
        return shipment;
    }

    private static Frame frame(long sequence, String tenant, Trace trace) {
        AuditEntry usual = EntryCodecTest.entry("");
        Principal principal = Origins.principal(tenant);
        FrameWriter written = EntryCodec.write(
                new AuditEntry(
                        usual.kind(),
                        principal,
                        "createDataset",
                        "",
                        trace,
                        usual.address(),
                        new AuditEntry.Outcome(200, ""),
                        new AuditEntry.Used(2, 3, 5, 7_000_000, 0)),
                CLOCK.millis());
        return new Frame(sequence, Arrays.copyOf(written.bytes(), written.length()));
    }

    private List<Frame> frames(String tenant, int from, int to) {
        List<Frame> frames = new ArrayList<>();
        for (int sequence = from; sequence < to; sequence++) {
            frames.add(frame(sequence, tenant, Trace.begin(RANDOM)));
        }
        return frames;
    }

    private static long number(String sql, String tenant) {
        return postgres.platformDb()
                .inTransaction(transaction -> transaction
                        .preparedQuery(sql)
                        .execute(Tuple.of("ten_" + tenant))
                        .map(rows -> rows.iterator().next().getLong(0)))
                .await();
    }

    private static long records(String tenant) {
        return number("SELECT count(*) FROM audit_record WHERE tenant_id = $1", tenant);
    }

    private static long metered(String tenant) {
        return number("SELECT coalesce(sum(requests), 0)::bigint FROM usage WHERE tenant_id = $1", tenant);
    }

    @Test
    void takesEachFrameOnceWhateverComesTwice() {
        Shipment shipment = shipment("jrn_twice");
        List<Frame> all = frames("twice", 0, 30);

        assertThat(shipment.ship(all.subList(0, 20)).await()).isEqualTo(20);
        assertThat(shipment.ship(all.subList(0, 20)).await()).isEqualTo(20);
        assertThat(shipment.ship(all.subList(10, 30)).await()).isEqualTo(30);

        assertThat(records("twice")).isEqualTo(30);
        assertThat(metered("twice")).isEqualTo(30);
        assertThat(number("SELECT sum(events)::bigint FROM usage WHERE tenant_id = $1", "twice"))
                .isEqualTo(90);
        assertThat(number("SELECT size FROM audit_log WHERE tenant_id = $1", "twice"))
                .isEqualTo(30);
    }

    @Test
    void nodesThatShipAtOnceGiveEachRecordItsOwnPlace() {
        List<Future<Long>> under = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            Shipment shipment = shipment("jrn_node" + node);
            List<Frame> frames = new ArrayList<>(frames("shared", 0, 50));
            frames.addAll(frames("other", 50, 60));
            under.add(shipment.ship(frames));
        }

        Future.all(under).await();

        assertThat(records("shared")).isEqualTo(150);
        assertThat(number("SELECT max(leaf_index) FROM audit_record WHERE tenant_id = $1", "shared"))
                .isEqualTo(149);
        assertThat(metered("shared")).isEqualTo(150);
        assertThat(records("other")).isEqualTo(30);
    }

    @Test
    void aShipmentThatFailsLeavesNothing() {
        Shipment shipment = shipment("jrn_poison");
        List<Frame> frames = frames("poison", 0, 3);
        frames.add(new Frame(3, new byte[] {9}));

        assertThat(shipment.ship(frames).otherwise(-1L).await()).isEqualTo(-1);

        assertThat(records("poison")).isZero();
        assertThat(metered("poison")).isZero();
        assertThat(shipment.ship(frames.subList(0, 3)).await()).isEqualTo(3);
    }

    private static Origin change(String tenant, Trace trace) {
        return new Origin(Origins.principal(tenant), trace, Deadline.in(Duration.ofSeconds(20)), "createDataset", "");
    }

    private static Future<Void> nothing(SqlConnection connection) {
        return Future.succeededFuture();
    }

    private static MadeChanges changes() {
        return new MadeChanges(postgres.platformDb(), LOG, Duration.ZERO);
    }

    @Test
    void aChangeAndTheRecordOfItsCallAreOneRecord() {
        Trace trace = Trace.begin(RANDOM);
        postgres.tenantDb()
                .inTransaction(change("changer", trace), ShipmentIT::nothing)
                .await();

        shipment("jrn_change").ship(List.of(frame(0, "changer", trace))).await();
        changes().recordOrphans().await();

        assertThat(records("changer")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM audit_change WHERE tenant_id = $1", "changer"))
                .isZero();
    }

    @Test
    void aChangeWhoseNodeDiedIsOnRecordAndOnceOnly() {
        Trace trace = Trace.begin(RANDOM);
        postgres.tenantDb()
                .inTransaction(change("orphan", trace), ShipmentIT::nothing)
                .await();

        changes().recordOrphans().await();
        changes().recordOrphans().await();
        shipment("jrn_orphan").ship(List.of(frame(0, "orphan", trace))).await();

        assertThat(records("orphan")).isEqualTo(1);
        assertThat(metered("orphan")).isEqualTo(1);
        assertThat(number("SELECT status::bigint FROM audit_record WHERE tenant_id = $1", "orphan"))
                .isZero();
    }

    @Test
    void aChangeThatFailedIsOnNoRecord() {
        postgres.tenantDb()
                .inTransaction(change("failed", Trace.begin(RANDOM)), _ -> Future.failedFuture("no"))
                .otherwiseEmpty()
                .await();

        assertThat(number("SELECT count(*) FROM audit_change WHERE tenant_id = $1", "failed"))
                .isZero();
    }
}
