package dev.sextant.engine;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows to files, in formats that are not written row by row. Calls do not block, and complete on a thread of its. */
public interface RowFiles {

    /**
     * Begins a file of Parquet (compressed by Zstandard) with these columns. Fails with {@code Overloaded} where too many
     * are being written.
     */
    Future<RowFile> parquet(List<Table.Column> columns);

    /** One file; for one caller at a time. To be closed, whatever happens. */
    interface RowFile {

        /** Takes rows, values in the form {@link FieldType} says. */
        Future<Void> append(List<List<@Nullable Object>> rows);

        /** Writes the file out, and tells its size in bytes; nothing is appended from here on. */
        Future<Long> finish();

        /** The next bytes of the finished file; none after the last. */
        Future<Buffer> read();

        /** Deletes the file, and all that was written for it. Does not block. */
        void close();
    }
}
