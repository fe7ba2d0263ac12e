package dev.sextant.query.stream;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.count;
import static dev.sextant.engine.Events.patience;
import static dev.sextant.engine.Events.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.engine.duckdb.DuckDbConfig;
import dev.sextant.engine.duckdb.DuckDbEngine;
import dev.sextant.http.PulledBytes;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.ColumnInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A million rows, from the engine to the bytes. */
@Timeout(300)
class LargeStreamIT {

    private static final int ROWS = 1_000_000;
    private static final long HEAP_GROWTH_MAX = 64L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final TenantId ACME = new TenantId("ten_acme");

    private static final List<ColumnInfo> COLUMNS = List.of(
            new ColumnInfo("n", FieldType.LONG, ColumnInfo.Role.DIMENSION, null, null, null),
            new ColumnInfo("name", FieldType.STRING, ColumnInfo.Role.DIMENSION, null, null, null));

    private static final Plan MILLION = new Plan(
            "clicks",
            List.of(new Plan.Statement(
                    "SELECT range, 'name of ' || range FROM range(" + ROWS + ") ORDER BY range DESC",
                    List.of(),
                    List.of(FieldType.LONG, FieldType.STRING))),
            Integer.MAX_VALUE);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private OlapEngine engine;

    @BeforeEach
    void start() {
        engine = DuckDbEngine.start(DuckDbConfig.DEFAULT.in(folder), () -> NOON, (_, _, _) -> {});
        await(engine.define(ACME, CLICKS));
    }

    @AfterEach
    void stop() {
        engine.close();
        vertx.close().await();
    }

    @Test
    void streamsAMillionRowsInLittleMemoryWhileOthersStall() {
        RowStream stalled = open();
        await(stalled.next());
        RowStream stream = open();
        long before = usedHeap();

        AtomicLong lines = new AtomicLong();
        Future<Void> read = read(new PulledBytes(new EncodedRows(stream, new CsvEncoder(COLUMNS))), lines);
        AtomicLong most = new AtomicLong(before);
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            most.accumulateAndGet(usedHeap(), Math::max);
            return read.isComplete();
        });

        await(read);
        assertThat(lines.get()).isEqualTo(ROWS + 1L);
        assertThat(most.get() - before).as("growth of the heap, in bytes").isLessThan(HEAP_GROWTH_MAX);
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(0L);
        stalled.close();
    }

    private RowStream open() {
        return await(engine.stream(ACME, MILLION, Deadline.in(PATIENCE), new RunHandle()));
    }

    /** Counts lines as they come; pauses after each piece for a moment, as a slow reader does. */
    private Future<Void> read(PulledBytes bytes, AtomicLong lines) {
        Promise<Void> end = Promise.promise();
        vertx.runOnContext(_ -> bytes.exceptionHandler(end::fail)
                .endHandler(end::complete)
                .handler(piece -> {
                    lines.addAndGet(
                            piece.toString().chars().filter(c -> c == '\n').count());
                    bytes.pause();
                    vertx.runOnContext(_ -> bytes.fetch(1));
                })
                .fetch(1));
        return end.future();
    }

    /** What is in use once what is not has been collected. */
    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
