package dev.sextant.query.compile;

import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.patience;

import dev.sextant.engine.Dialect;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** An engine as servers have it: events come in as batches, and statements are run as plans. */
final class EngineTables implements Tables {

    private static final int BATCH = 2_000;
    private static final int ROWS_MAX = 100_000;

    private final OlapEngine engine;
    private @Nullable String dataset;

    EngineTables(OlapEngine engine) {
        this.engine = engine;
    }

    @Override
    public Dialect dialect() {
        return engine.dialect();
    }

    @Override
    public void load(Table table, List<Map<String, @Nullable Object>> rows) {
        dataset = table.dataset();
        await(engine.define(Asking.TENANT, table));
        long version = 0;
        for (int from = 0; from < rows.size(); from += BATCH) {
            List<Event> events = rows.subList(from, Math.min(rows.size(), from + BATCH)).stream()
                    .map(row -> event(table, row))
                    .toList();
            EventBatch batch = new EventBatch(table, "btc_" + from, Instant.EPOCH, 1, events);
            version = await(engine.append(Asking.TENANT, batch, patience())).dataVersion();
        }
        long last = version;
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> await(engine.state(Asking.TENANT, table.dataset())).dataVersion() >= last);
    }

    private static Event event(Table table, Map<String, @Nullable Object> row) {
        @Nullable
        Object[] values =
                table.columns().stream().map(column -> row.get(column.name())).toArray();
        return new Event(
                (String) Objects.requireNonNull(row.get(Table.EVENT_ID)),
                true,
                (Instant) Objects.requireNonNull(row.get(Table.TIME)),
                "api",
                values,
                (String) row.get(Table.PROPERTIES));
    }

    @Override
    public List<List<@Nullable Object>> run(Plan.Statement statement) {
        Plan plan = new Plan(Objects.requireNonNull(dataset), List.of(statement), ROWS_MAX);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsMatching(EngineTables::saysLater)
                .until(
                        () -> await(engine.run(Asking.TENANT, plan, patience()))
                                .results()
                                .getFirst(),
                        _ -> true);
    }

    /** Others ask, too. */
    private static boolean saysLater(Throwable failure) {
        return failure instanceof ProblemException refused && refused.problem() instanceof Problem.Overloaded;
    }

    @Override
    public void close() {
        engine.close();
    }
}
