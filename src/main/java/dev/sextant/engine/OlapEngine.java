package dev.sextant.engine;

import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the events of all tenants, and answers plans over them. A call never blocks its thread and never throws; it
 * fails with a {@code ProblemException}: {@code Overloaded} where its queue is full, {@code Unavailable} where the engine
 * is away, {@code DeadlineExceeded}. Futures complete on a thread of the engine's: a verticle that goes on from one hops
 * back to its own context (the bus does it for those that answer a message).
 *
 * <p>No call can reach the data of another tenant than the one it names.
 */
public interface OlapEngine extends AutoCloseable {

    /** What plans and conditions are written in. */
    default Dialect dialect() {
        return Dialect.DUCKDB;
    }

    /** Makes the dataset's table, or adds the columns that it lacks. What is there stays. Done when on disk. */
    Future<Void> define(TenantId tenant, Table table);

    /** Appends, all or nothing, once for each given event id within the dedupe window. Done when on disk. */
    Future<Appended> append(TenantId tenant, EventBatch batch, Deadline deadline);

    /**
     * Deletes the events that are meant, all or nothing. Done when on disk. Their ids are refused on within the dedupe
     * window.
     */
    Future<Deleted> delete(TenantId tenant, Condition condition, Deadline deadline);

    /**
     * Keeps a rollup of the dataset from now on, built of all events there are; in place of the one of its name. From then
     * on it is in the dataset's state, and what commits do to the events they do to it in the same step.
     */
    Future<Void> defineRollup(TenantId tenant, RollupTable rollup, Deadline deadline);

    /** Keeps it no more. Plans that read it fail from then on. */
    Future<Void> dropRollup(TenantId tenant, String dataset, String name);

    /** Why it keeps no rollups; empty where it does. */
    default Optional<Problem> noRollups() {
        return Optional.empty();
    }

    /** For how long a given event id is remembered. */
    Duration dedupeWindow();

    /**
     * Runs a plan. When the deadline passes or the handle is cancelled, the work is stopped in the engine too. One that
     * waits for its turn for too long fails with {@code Overloaded}.
     */
    Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle);

    /** Runs a plan that nobody wants to stop before its deadline. */
    default Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline) {
        return run(tenant, plan, deadline, new RunHandle());
    }

    /**
     * Runs a plan of one statement whose rows are too many for memory. What fails in it fails before the first row: a
     * stream that has begun ends early only by its deadline, by its handle, or by the engine's own end.
     *
     * @param deadline of the whole stream: when it passes, the next batch fails
     * @param handle stops the statement and, later, the stream
     */
    Future<RowStream> stream(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle);

    /** What writes rows to files, in formats that are not written row by row; by default nothing does. */
    default RowFiles files() {
        return _ -> ProblemException.failed(new Problem.Unprocessable(
                Problem.Unprocessable.Reason.NOT_SUPPORTED,
                List.of(),
                "In a cluster no Parquet is written: take application/x-ndjson or text/csv."));
    }

    /** What copies its files for backups; empty where others keep them safe. */
    default Optional<TenantCopies> copies() {
        return Optional.empty();
    }

    /** How far the dataset is; {@link DatasetState#EMPTY} where nothing was ever defined. */
    Future<DatasetState> state(TenantId tenant, String dataset);

    /** Gives a tenant another share from now on; by default an engine knows no shares. */
    default void share(TenantId tenant, Share share) {}

    /** What one tenant can have at most. */
    default Capacity capacity() {
        return new Capacity(1, 1);
    }

    /** Deletes all that the tenant has. */
    Future<Void> drop(TenantId tenant);

    /** What it measures of itself; by default nothing. */
    default List<Gauge> gauges() {
        return List.of();
    }

    /** A number that may be read at any moment, from any thread. */
    record Gauge(String name, String description, Supplier<Number> value) {}

    /** Fails where the engine cannot work. */
    Future<Void> health();

    /** Finishes what is accepted, and lets go of the files. Blocks. */
    @Override
    void close();
}
