package dev.sextant.query.stream;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows in one format, which can be written row by row. */
sealed interface RowEncoder permits NdjsonEncoder, CsvEncoder {

    /** What stands before the rows. */
    Buffer head();

    Buffer rows(List<List<@Nullable Object>> rows);

    /** What stands after the rows: whoever reads it knows that it has them all. */
    Buffer tail();
}
