package dev.sextant.query.compile;

import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.patience;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.Answer;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import dev.sextant.engine.duckdb.DuckDbConfig;
import dev.sextant.engine.duckdb.DuckDbEngine;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.QueryReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A million rows, page by page, while others come. */
@Timeout(180)
class MillionPagesIT {

    private static final TenantId TENANT = new TenantId("ten_a");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int ROWS = 1_000_000;
    private static final int BATCH = 50_000;
    private static final int PAGE = 10_000;
    private static final Table TABLE = new Table("big", List.of(new Column("n", FieldType.LONG)));
    private static final DatasetModel MODEL =
            ModelReader.read(Bodies.json("{'dimensions': [{'name': 'n', 'type': 'long'}]}"), "");

    private final QueryCompiler compiler = new QueryCompiler(new Cursors(new Secret("k".repeat(32))), 100);

    @TempDir
    private Path folder = Path.of("");

    private @Nullable DuckDbEngine started;

    /** Even numbers, in no order. */
    @BeforeEach
    void fill() {
        DuckDbEngine engine = DuckDbEngine.start(DuckDbConfig.DEFAULT.in(folder), () -> NOON, (_, _, _) -> {});
        started = engine;
        await(engine.define(TENANT, TABLE));
        for (int from = 0; from < ROWS; from += BATCH) {
            append(IntStream.range(from, from + BATCH).map(i -> (int) (i * 7_919L % ROWS) * 2));
        }
    }

    @AfterEach
    void stop() {
        engine().close();
    }

    private DuckDbEngine engine() {
        return Objects.requireNonNull(started);
    }

    private void append(IntStream numbers) {
        List<Event> events = numbers.mapToObj(
                        n -> new Event("e" + n, false, NOON, "api", new @Nullable Object[] {(long) n}, null))
                .toList();
        await(engine().append(TENANT, new EventBatch(TABLE, "btc_1", NOON, 1, events), patience()));
    }

    /** Odd numbers come meanwhile, before and after the place where the reader is; even ones come again. */
    @Test
    void showsEachRowOnceAndLeavesNoneOut() {
        BitSet seen = new BitSet(2 * ROWS);
        long last = -1;
        String cursor = null;
        int pages = 0;
        do {
            CompiledQuery compiled = compiled(cursor);
            Answer answer = await(engine().run(TENANT, compiled.plan(), patience()));
            List<List<@Nullable Object>> rows = answer.results().getFirst();
            boolean hasMore = rows.size() > PAGE;
            for (List<@Nullable Object> row : hasMore ? rows.subList(0, PAGE) : rows) {
                long n = (Long) Objects.requireNonNull(row.getFirst());
                assertThat(n).isGreaterThan(last);
                last = n;
                seen.set((int) n);
            }
            int behind = pages * 2 * PAGE;
            append(IntStream.range(0, 20).map(i -> (behind / 2 + i * 50_021) % (2 * ROWS)));
            long version = compiled.stateOf(answer.state(), answer.state()).dataVersion();
            cursor = hasMore ? compiler.cursorAfter(TENANT, compiled, rows.get(PAGE - 1), version) : null;
            pages++;
        } while (cursor != null);

        assertThat(IntStream.range(0, ROWS).filter(i -> !seen.get(2 * i))).isEmpty();
        assertThat(seen.cardinality())
                .as("pages are of the version of the first")
                .isEqualTo(ROWS);
        assertThat(pages).isEqualTo(100);
    }

    private CompiledQuery compiled(@Nullable String cursor) {
        String body =
                "{'dimensions': ['n'], 'measures': [{'agg': 'count'}], 'totals': false, 'limit': %d, 'cursor': %s}"
                        .formatted(PAGE, cursor == null ? "null" : "'" + cursor + "'");
        return compiler.compile(TENANT, QueryReader.read(Bodies.json(body), "big", MODEL), null, MODEL);
    }
}
