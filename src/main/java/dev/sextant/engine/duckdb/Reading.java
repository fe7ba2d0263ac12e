package dev.sextant.engine.duckdb;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalDouble;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * Something to read of one tenant, from the queue to its end. Its future fails at the deadline or when it is cancelled,
 * whatever the engine does; the engine is told to stop meanwhile.
 */
final class Reading<T> {

    /** What is read. */
    interface Work<T> {
        T read(TenantFile file, Reading<T> reading) throws SQLException;

        /** Whether a file that is closed is to be opened for it. */
        default boolean opens() {
            return true;
        }

        /** What is read of a tenant that has no file. */
        T absent();

        /** Lets go of what was read after nobody waited for it any more. */
        default void discard(T result) {}
    }

    static final Problem LATE =
            new Problem.DeadlineExceeded("The query did not end within the time allowed; it was stopped.");
    static final Problem CANCELLED = new Problem.Cancelled("The query was cancelled.");

    private final Work<T> work;
    private final Deadline deadline;
    private final RunHandle handle;
    private final Promise<T> promise = Promise.promise();
    private final long offeredNanos = System.nanoTime();
    private long queueNanos;
    private int statements = 1;
    private int statementsDone;
    private @Nullable DuckDBPreparedStatement running;
    private @Nullable Problem stopped;
    private boolean over;

    Reading(Work<T> work, Deadline deadline, RunHandle handle) {
        this.work = work;
        this.deadline = deadline;
        this.handle = handle;
    }

    Future<T> future() {
        return promise.future();
    }

    Deadline deadline() {
        return deadline;
    }

    RunHandle handle() {
        return handle;
    }

    /** For how long it waited until somebody began to work on it. */
    long queueNanos() {
        return queueNanos;
    }

    /** It is taken from the queue now. */
    void begin() {
        queueNanos = System.nanoTime() - offeredNanos;
        handle.tellProgressBy(this::progress);
    }

    /** Reads, unless it was stopped or the deadline has passed. */
    T work(TenantFile file) throws SQLException {
        checkTime();
        return work.read(file, this);
    }

    boolean opens() {
        return work.opens();
    }

    T absent() {
        return work.absent();
    }

    void succeed(T result) {
        if (!promise.tryComplete(result)) {
            work.discard(result);
        }
    }

    void fail(ProblemException problem) {
        promise.tryFail(problem);
    }

    /** How many statements it will run, for its progress. */
    synchronized void expect(int count) {
        statements = count;
    }

    /** Whoever stops this from now on stops {@code statement}. */
    synchronized void running(DuckDBPreparedStatement statement) {
        checkTime();
        running = statement;
    }

    synchronized void idle() {
        running = null;
        statementsDone++;
    }

    synchronized void over() {
        over = true;
        running = null;
    }

    synchronized boolean isStopped() {
        return stopped != null;
    }

    private synchronized void checkTime() {
        if (stopped == null && deadline.remaining().isZero()) {
            stopped = LATE;
        }
        if (stopped != null) {
            throw new ProblemException(stopped);
        }
    }

    /** From 0 to 1; empty where nothing runs, or the engine does not know yet. */
    synchronized OptionalDouble progress() {
        DuckDBPreparedStatement present = running;
        if (present == null) {
            return OptionalDouble.empty();
        }
        try {
            double part = present.getQueryProgress().getPercentage() / 100;
            return part < 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Math.min(1, (statementsDone + part) / statements));
        } catch (SQLException e) {
            return OptionalDouble.empty(); // it ended just now
        }
    }

    /**
     * Fails the future, and interrupts what runs.
     *
     * @return whether all is over; else to be called again, since the engine misses an interrupt that comes too early
     */
    synchronized boolean stop(Problem why) {
        if (stopped == null) {
            stopped = why;
        }
        promise.tryFail(new ProblemException(stopped));
        Statement present = running;
        if (present != null) {
            try {
                present.cancel();
            } catch (SQLException e) {
                running = null; // it ended just now
            }
        }
        return over;
    }
}
