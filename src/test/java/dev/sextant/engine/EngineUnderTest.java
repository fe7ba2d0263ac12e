package dev.sextant.engine;

import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.patience;
import static dev.sextant.engine.Events.plan;
import static org.assertj.core.api.Assertions.assertThat;

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

    /** How it is asked: by default with the names that datasets and fields have. */
    protected Wording words() {
        return Wording.PLAIN;
    }

    /** Waits until all that was appended can be seen; by default it can be at once. */
    protected void settle() {}

    /** What an append told, where it was exactly this; an engine may find duplicates of other batches later. */
    protected void assertTold(Appended told, long accepted, long duplicates) {
        assertThat(told.accepted()).isEqualTo(accepted);
        assertThat(told.duplicates()).isEqualTo(duplicates);
    }

    @BeforeEach
    void startEngine() {
        engine = start((tenant, dataset, state) -> commits.add(new Commit(tenant, dataset, state)));
    }

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    /** Where a field, or a system column, is found in a statement. */
    protected final String name(String column, FieldType type) {
        return words().name(new Table.Column(column, type));
    }

    protected final String name(String column) {
        return name(column, FieldType.STRING);
    }

    /** Appends, and waits until it can be seen. */
    protected final Appended append(TenantId tenant, EventBatch batch) {
        Appended appended = await(engine.append(tenant, batch, patience()));
        settle();
        return appended;
    }

    protected final DatasetState state(TenantId tenant) {
        return await(engine.state(tenant, "clicks"));
    }

    /** The columns of all rows that meet a condition. */
    protected final Plan select(String dataset, String columns, FieldType... types) {
        return select(dataset, columns, "TRUE", List.of(), types);
    }

    protected final Plan select(
            String dataset, String columns, String where, List<@Nullable Object> values, FieldType... types) {
        List<@Nullable Object> parameters = new ArrayList<>(words().bound());
        parameters.addAll(values);
        String sql = "SELECT %s %s AND %s".formatted(columns, words().from(dataset), where);
        return new Plan(dataset, List.of(new Plan.Statement(sql, parameters, List.of(types))), 1000);
    }

    protected final Plan count(String dataset) {
        return select(dataset, "COUNT(*)", FieldType.LONG);
    }

    protected final List<List<@Nullable Object>> rows(Plan plan) {
        return await(engine.run(ACME, plan, patience())).results().getFirst();
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
