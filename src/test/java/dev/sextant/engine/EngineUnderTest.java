package dev.sextant.engine;

import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.patience;
import static dev.sextant.engine.Events.plan;

import dev.sextant.engine.EventBatch.Event;
import dev.sextant.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An engine that is started for each test, and words for what is asked of it. */
public abstract class EngineUnderTest {

    protected static final TenantId ACME = new TenantId("ten_acme");
    protected static final TenantId OTHER = new TenantId("ten_other");

    protected record Commit(TenantId tenant, String dataset, DatasetState state) {}

    protected final Queue<Commit> commits = new ConcurrentLinkedQueue<>();
    protected OlapEngine engine;

    /** An engine with no data. */
    protected abstract OlapEngine start(CommitListener listener);

    /** A statement that runs for minutes, and yields one number. */
    protected abstract String endless();

    @BeforeEach
    void startEngine() {
        engine = start((tenant, dataset, state) -> commits.add(new Commit(tenant, dataset, state)));
    }

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    protected final List<List<@Nullable Object>> rows(String sql, FieldType... types) {
        return await(engine.run(ACME, plan("clicks", sql, types), patience()))
                .results()
                .getFirst();
    }

    protected static EventBatch batch(Table table, Event... events) {
        return new EventBatch(table, "btc_1", NOON, 1, List.of(events));
    }

    protected static Event event(String id, Instant time, @Nullable Object[] values, @Nullable String properties) {
        return new Event(id, true, time, "api", values, properties);
    }

    protected static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    protected static List<@Nullable Object> list(@Nullable Object... values) {
        List<@Nullable Object> list = new ArrayList<>();
        Collections.addAll(list, values);
        return list;
    }
}
