package dev.sextant.engine;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one statement, a batch at a time, all of one snapshot. Whoever wants more asks for more: between two
 * batches nothing is read and no thread is held, however long that takes; but one that nobody asks for long is ended by
 * the engine.
 *
 * <p>Safe for all threads. To be closed, unless its end was reached or it failed.
 */
public interface RowStream {

    /** Of the dataset in the snapshot that is read. */
    DatasetState state();

    /** How many rows there are in all. */
    long rows();

    /** For how long the statement waited for its turn. */
    long queueNanos();

    /**
     * The next rows, in the statement's order, values in the form {@link FieldType} says; none when all were given. One
     * call at a time. Where it fails, the rows that came are not all: {@code DeadlineExceeded}, {@code Cancelled}, or
     * {@code Unavailable} where the engine had to give the rest up. Completes on a thread of the engine's.
     */
    Future<List<List<@Nullable Object>>> next();

    /** Lets go of what is left. Does not block. */
    void close();
}
