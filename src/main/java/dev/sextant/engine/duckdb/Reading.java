package dev.sextant.engine.duckdb;

import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Something to read of one tenant, from the queue to its end. Its future fails at the deadline whatever the engine does;
 * the engine is told to stop meanwhile.
 */
final class Reading<T> {

    /** What is read. */
    interface Work<T> {
        T read(TenantFile file, Reading<T> reading) throws SQLException;

        /** What is read of a tenant that has no file. */
        T absent();
    }

    private static final Problem LATE =
            new Problem.DeadlineExceeded("The query did not end within the time allowed; it was stopped.");

    private final Work<T> work;
    private final Deadline deadline;
    private final Promise<T> promise = Promise.promise();
    private @Nullable Statement running;
    private boolean stopped;
    private boolean over;

    Reading(Work<T> work, Deadline deadline) {
        this.work = work;
        this.deadline = deadline;
    }

    Future<T> future() {
        return promise.future();
    }

    Deadline deadline() {
        return deadline;
    }

    /** Reads, unless the deadline has passed. */
    T work(TenantFile file) throws SQLException {
        checkTime();
        return work.read(file, this);
    }

    T absent() {
        return work.absent();
    }

    void succeed(T result) {
        promise.tryComplete(result);
    }

    void fail(ProblemException problem) {
        promise.tryFail(problem);
    }

    /** Whoever stops this from now on stops {@code statement}. */
    synchronized void running(Statement statement) {
        checkTime();
        running = statement;
    }

    synchronized void idle() {
        running = null;
    }

    synchronized void over() {
        over = true;
        running = null;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void checkTime() {
        if (stopped || deadline.remaining().isZero()) {
            stopped = true;
            throw new ProblemException(LATE);
        }
    }

    /**
     * Fails the future, and interrupts what runs.
     *
     * @return whether all is over; else to be called again, since the engine misses an interrupt that comes too early
     */
    synchronized boolean stop() {
        stopped = true;
        promise.tryFail(new ProblemException(LATE));
        if (running != null) {
            try {
                running.cancel();
            } catch (SQLException e) {
                running = null; // it ended just now
            }
        }
        return over;
    }
}
