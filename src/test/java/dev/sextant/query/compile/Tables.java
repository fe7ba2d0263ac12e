package dev.sextant.query.compile;

import dev.sextant.engine.Dialect;
import dev.sextant.engine.Plan;
import dev.sextant.engine.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What answers statements in one dialect, with tables as engines keep them. */
interface Tables extends AutoCloseable {

    Dialect dialect();

    /**
     * Puts rows into a table of their own.
     *
     * @param rows that all name the same columns
     */
    void load(Table table, List<Map<String, @Nullable Object>> rows) throws Exception;

    List<List<@Nullable Object>> run(Plan.Statement statement);

    @Override
    void close() throws SQLException;
}
