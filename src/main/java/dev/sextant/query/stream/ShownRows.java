package dev.sextant.query.stream;

import dev.sextant.engine.DatasetState;
import dev.sextant.engine.RowStream;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows without the columns that only sort them, which come last. */
record ShownRows(RowStream all, int columns) implements RowStream {

    @Override
    public DatasetState state() {
        return all.state();
    }

    @Override
    public long rows() {
        return all.rows();
    }

    @Override
    public long queueNanos() {
        return all.queueNanos();
    }

    @Override
    public Future<List<List<@Nullable Object>>> next() {
        return all.next().map(batch -> batch.stream().map(this::shown).toList());
    }

    private List<@Nullable Object> shown(List<@Nullable Object> row) {
        return row.size() == columns ? row : row.subList(0, columns);
    }

    @Override
    public void close() {
        all.close();
    }
}
