package dev.sextant.engine.duckdb;

import dev.sextant.engine.DatasetState;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a statement yielded, kept in a temporary table of one connection, to be read from there bit by bit: the
 * engine writes them to the instance's temporary files where memory is short, and what can fail in the statement has
 * failed before the first row is read. The snapshot is left by then; nothing else in the instance waits for this.
 *
 * <p>For one thread at a time. A row is found by its place: the table is filled in order, and nobody changes it.
 */
final class KeptRows {

    /** The first rows tell how large they are: later batches ask for as many as fit. */
    private static final int ASKED_FIRST = 256;

    private static final String TABLE = "temp.main.\"__rows\"";

    private final TenantFile file;
    private final ReadConnection connection;
    private final DatasetState state;
    private final List<FieldType> types;
    private final long count;
    private long position;
    private int asked = ASKED_FIRST;

    private KeptRows(
            TenantFile file, ReadConnection connection, DatasetState state, List<FieldType> types, long count) {
        this.file = file;
        this.connection = connection;
        this.state = state;
        this.types = types;
        this.count = count;
    }

    /** Runs the plan's statement, to its end. */
    static KeptRows of(Plan plan, TenantFile file, Reading<?> reading) throws SQLException {
        ReadConnection connection = file.readers().borrow();
        boolean well = false;
        try {
            Plan.Statement statement = plan.statements().getFirst();
            DatasetState state = connection.begin(plan.dataset());
            fill(connection, statement, reading);
            long count = count(connection);
            if (count > plan.rowsMax()) {
                throw PlanReader.tooManyRows(plan.rowsMax());
            }
            connection.end();
            file.readers().keep(connection);
            well = true;
            return new KeptRows(file, connection, state, statement.types(), count);
        } finally {
            if (!well) {
                file.readers().giveBack(connection, false); // leaving the transaction, it forgets the table
            }
        }
    }

    private static void fill(ReadConnection connection, Plan.Statement statement, Reading<?> reading)
            throws SQLException {
        String columns = IntStream.range(0, statement.types().size())
                .mapToObj(i -> "c" + i) // names of our own: one that is called rowid would hide the row's place
                .collect(Collectors.joining(", "));
        String sql = "CREATE TEMP TABLE %s (%s) AS ".formatted(TABLE, columns) + SingleSelect.check(statement.sql());
        try (DuckDBPreparedStatement prepared = connection.prepare(sql)) {
            Binding.bind(prepared, statement.parameters());
            reading.running(prepared);
            try {
                prepared.execute();
            } finally {
                reading.idle();
            }
        }
    }

    private static long count(ReadConnection connection) throws SQLException {
        try (DuckDBPreparedStatement prepared = connection.prepare("SELECT COUNT(*) FROM " + TABLE);
                ResultSet result = prepared.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    DatasetState state() {
        return state;
    }

    long count() {
        return count;
    }

    boolean isAtEnd() {
        return position == count;
    }

    /** Whether they are there still: the file was not closed meanwhile. For those who are at work with {@code present}. */
    boolean isIn(TenantFile present) {
        return file == present && file.readers().isKept(connection);
    }

    /** The next rows, one at least: fewer than asked for where their text is too much. */
    List<List<@Nullable Object>> read(int rowsMax, long bytesMax, Reading<?> reading) throws SQLException {
        asked = Math.min(asked, rowsMax);
        String sql = "SELECT * FROM %s WHERE rowid >= ? AND rowid < ? ORDER BY rowid".formatted(TABLE);
        try (DuckDBPreparedStatement prepared = connection.prepare(sql)) {
            Binding.bind(prepared, List.of(position, position + asked));
            reading.running(prepared);
            try (ResultSet result = prepared.executeQuery()) {
                List<List<@Nullable Object>> rows = rows(result, bytesMax);
                if (rows.isEmpty()) {
                    throw new IllegalStateException("Rows that were kept are not there");
                }
                boolean isWhole = rows.size() == asked || position + rows.size() == count;
                asked = isWhole ? 2 * asked : rows.size();
                position += rows.size();
                return rows;
            } finally {
                reading.idle();
            }
        }
    }

    private List<List<@Nullable Object>> rows(ResultSet result, long bytesMax) throws SQLException {
        RowReader reader = RowReader.of(result.getMetaData(), types);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        long text = 0;
        while (text < bytesMax && result.next()) {
            List<@Nullable Object> row = reader.read(result);
            text += RowReader.textOf(row);
            rows.add(row);
        }
        return rows;
    }

    /** Lets go of them. For those who are at work with the file that they are in. */
    void drop() throws SQLException {
        boolean well = false;
        try (DuckDBPreparedStatement dropped = connection.prepare("DROP TABLE " + TABLE)) {
            dropped.execute();
            well = true;
        } finally {
            if (well) {
                file.readers().giveBack(connection, true);
            } else {
                file.readers().forget(connection);
            }
        }
    }
}
