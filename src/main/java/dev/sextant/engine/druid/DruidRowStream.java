package dev.sextant.engine.druid;

import dev.sextant.engine.DatasetState;
import dev.sextant.engine.RowStream;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that Druid sends as they are asked for; between two batches the connection stands still. */
record DruidRowStream(DatasetState state, long rows, long queueNanos, SqlAnswer answer) implements RowStream {

    @Override
    public Future<List<List<@Nullable Object>>> next() {
        return answer.next();
    }

    @Override
    public void close() {
        answer.close();
    }
}
