package dev.sextant.engine.duckdb;

import dev.sextant.engine.DatasetState;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the rows that are kept. A batch waits for its turn like any other reading of the tenant; between two batches only
 * the place of the rows is taken.
 *
 * <p>The rows are read, and let go of, under the lock of {@code rows}: a batch that was stopped may still be at it.
 */
final class KeptStream implements RowStream, Reading.Work<List<List<@Nullable Object>>> {

    static final Problem GONE =
            new Problem.Unavailable("engine", "The rest of the rows is gone: their data was closed. Ask again.");
    private static final Problem CLOSED = new Problem.Cancelled("The stream was closed.");
    private static final Problem IDLE =
            new Problem.DeadlineExceeded("Nobody took the next rows for too long; the stream was ended.");

    private final KeptRows rows;
    private final StreamWays ways;
    private final long queueNanos;
    private final java.util.concurrent.Future<?> lateTimer;
    private java.util.concurrent.@Nullable Future<?> idleTimer;
    private @Nullable RunHandle batch;
    private @Nullable Problem ended;
    private boolean released;

    KeptStream(KeptRows rows, StreamWays ways, long queueNanos) {
        this.rows = rows;
        this.ways = ways;
        this.queueNanos = queueNanos;
        this.idleTimer = ways.whenIdle(() -> end(IDLE));
        this.lateTimer = ways.whenLate(() -> end(Reading.LATE));
    }

    @Override
    public DatasetState state() {
        return rows.state();
    }

    @Override
    public long rows() {
        return rows.count();
    }

    @Override
    public long queueNanos() {
        return queueNanos;
    }

    @Override
    public Future<List<List<@Nullable Object>>> next() {
        RunHandle handle = new RunHandle();
        synchronized (this) {
            if (ended != null) {
                return ProblemException.failed(ended);
            }
            if (batch != null) {
                return Future.failedFuture(new IllegalStateException("A batch is asked for already"));
            }
            batch = handle;
            stopIdleTimer();
        }
        return ways.read(this, handle).andThen(this::batchEnded);
    }

    @Override
    public List<List<@Nullable Object>> read(TenantFile file, Reading<List<List<@Nullable Object>>> reading)
            throws SQLException {
        synchronized (rows) {
            if (!rows.isIn(file)) {
                return absent();
            }
            return rows.isAtEnd() ? List.of() : ways.readBatch(rows, reading);
        }
    }

    @Override
    public boolean opens() {
        return false;
    }

    @Override
    public List<List<@Nullable Object>> absent() {
        throw new ProblemException(GONE);
    }

    private void batchEnded(AsyncResult<List<List<@Nullable Object>>> outcome) {
        synchronized (this) {
            batch = null;
            if (ended == null && outcome.succeeded() && !outcome.result().isEmpty()) {
                idleTimer = ways.whenIdle(() -> end(IDLE));
                return;
            }
            if (ended == null) {
                ended = outcome.cause() instanceof ProblemException failed ? failed.problem() : CLOSED;
            }
        }
        release();
    }

    @Override
    public void close() {
        end(CLOSED);
    }

    /** Ends it, whatever it is at; the first reason counts. Does not block. */
    void end(Problem why) {
        RunHandle running;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = why;
            stopIdleTimer();
            running = batch;
        }
        if (running == null) {
            release();
        } else {
            running.cancel();
        }
    }

    private synchronized void stopIdleTimer() {
        if (idleTimer != null) {
            idleTimer.cancel(false);
            idleTimer = null;
        }
    }

    private void release() {
        synchronized (this) {
            if (released) {
                return;
            }
            released = true;
        }
        lateTimer.cancel(false);
        ways.release(this);
    }

    StreamWays ways() {
        return ways;
    }

    /** Lets go of the rows; whether they were there still. Blocks. */
    boolean dropFrom(TenantFile file) throws SQLException {
        synchronized (rows) {
            boolean isThere = rows.isIn(file);
            if (isThere) {
                rows.drop();
            }
            return isThere;
        }
    }
}
