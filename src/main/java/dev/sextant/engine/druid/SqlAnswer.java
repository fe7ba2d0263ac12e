package dev.sextant.engine.druid;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that Druid answers, read as they are asked for: between two batches nothing is read from the wire. Safe for all
 * threads; one batch is asked for at a time.
 */
final class SqlAnswer {

    /** Where it comes from. */
    interface Source {

        /** The answer is there, whole, or has failed. */
        void end();

        /** Nobody wants the rest. */
        void giveUp();
    }

    /** What an answer that is kept whole may have. */
    record Bounds(int rowsMax, long bytesMax) {

        /** What few rows of ours may have. */
        static final Bounds SMALL = new Bounds(100_000, 64L << 20);
    }

    private static final int BATCH_ROWS = 1_000;

    private final Context loop;
    private final HttpClientResponse response;
    private final Source source;
    private final Lines lines;
    private final Deque<List<@Nullable Object>> ready = new ArrayDeque<>();
    private @Nullable Promise<List<List<@Nullable Object>>> waiting;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean closed;

    SqlAnswer(Context loop, HttpClientResponse response, List<FieldType> types, Source source) {
        this.loop = loop;
        this.response = response;
        this.source = source;
        this.lines = new Lines(types, ready::add);
        response.exceptionHandler(this::broken).endHandler(_ -> end()).handler(this::take);
    }

    private void take(Buffer bytes) {
        if (closed || failure != null) {
            return;
        }
        try {
            lines.take(bytes);
        } catch (IOException | RuntimeException e) {
            source.giveUp();
            fail(DruidFailure.fault(e));
        }
        if (ready.size() >= BATCH_ROWS) {
            response.pause();
        }
        answer();
    }

    private void end() {
        source.end();
        ended = true;
        if (!lines.isComplete() && failure == null) {
            failure = new ProblemException(new Problem.Unavailable(
                    "engine", "The query failed after it had begun to answer; ask again in a moment."));
        }
        answer();
    }

    /** On the loop. */
    void fail(Throwable cause) {
        if (failure == null && !ended) {
            failure = cause instanceof ProblemException ? cause : new ProblemException(DruidFailure.away());
            answer();
        }
    }

    private void broken(Throwable cause) {
        source.end();
        fail(cause);
    }

    /** Answers whoever waits, where there is something to say. */
    private void answer() {
        Promise<List<List<@Nullable Object>>> asked = waiting;
        if (asked == null) {
            return;
        }
        if (failure != null) {
            waiting = null;
            asked.fail(failure);
        } else if (ready.size() >= BATCH_ROWS || ended) {
            waiting = null;
            asked.complete(batch());
        }
    }

    private List<List<@Nullable Object>> batch() {
        List<List<@Nullable Object>> rows = new ArrayList<>(Math.min(BATCH_ROWS, ready.size()));
        while (!ready.isEmpty() && rows.size() < BATCH_ROWS) {
            rows.add(ready.remove());
        }
        return rows;
    }

    /** The next rows; none when all were given. */
    Future<List<List<@Nullable Object>>> next() {
        Promise<List<List<@Nullable Object>>> promise = Promise.promise();
        loop.runOnContext(_ -> {
            waiting = promise;
            if (ready.size() < BATCH_ROWS && !ended && failure == null) {
                response.resume();
            }
            answer();
        });
        return promise.future();
    }

    /** All rows. Fails with {@code LimitExceeded} where there are more: nothing is cut off. */
    Future<List<List<@Nullable Object>>> all(Bounds bounds) {
        return all(bounds, new ArrayList<>());
    }

    private Future<List<List<@Nullable Object>>> all(Bounds bounds, List<List<@Nullable Object>> rows) {
        return next().compose(batch -> {
            rows.addAll(batch);
            if (batch.isEmpty()) {
                return Future.succeededFuture(rows);
            }
            if (rows.size() > bounds.rowsMax()) {
                return tooMuch("rows_max", bounds.rowsMax());
            }
            if (lines.bytes() > bounds.bytesMax()) {
                return tooMuch("engine.druid.queries.result_bytes_max", bounds.bytesMax());
            }
            return all(bounds, rows);
        });
    }

    private <T> Future<T> tooMuch(String limit, long allowed) {
        close();
        return ProblemException.failed(new Problem.LimitExceeded(
                limit, allowed, "The query yields more than it may; narrow it, or read it page by page."));
    }

    /** Lets go of what is left; Druid stops. */
    void close() {
        loop.runOnContext(_ -> {
            if (!closed) {
                closed = true;
                source.giveUp();
                ready.clear();
            }
        });
    }
}
