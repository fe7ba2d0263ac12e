package dev.sextant.engine.duckdb;

import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan's statements in one snapshot.
 *
 * <p>By JDBC's result set, which the driver makes whole before the first row: the driver's faster chunks end without a
 * word where a later row fails (a result cut off in silence), and cannot be interrupted between two of them.
 */
record PlanReader(Plan plan, long resultBytesMax) implements Reading.Work<Answer> {

    @Override
    public Answer absent() {
        throw new ProblemException(new Problem.NotFound("There is no such dataset."));
    }

    @Override
    public Answer read(TenantFile file, Reading<Answer> reading) throws SQLException {
        if (!file.catalog().has(plan.dataset())) {
            return absent();
        }
        ReadConnection reader = file.borrowReader();
        boolean well = false;
        try {
            Answer answer = answer(reader, reading);
            well = !reading.isStopped();
            return answer;
        } finally {
            // A connection that saw a failure or an interrupt is not used again: what is left of it concerns nobody.
            if (well) {
                file.giveBack(reader);
            } else {
                reader.close();
            }
        }
    }

    private Answer answer(ReadConnection reader, Reading<Answer> reading) throws SQLException {
        DatasetState state = reader.begin(plan.dataset());
        List<List<List<@Nullable Object>>> results =
                new ArrayList<>(plan.statements().size());
        Budget budget = new Budget(resultBytesMax);
        for (Plan.Statement statement : plan.statements()) {
            results.add(run(reader, statement, reading, budget));
        }
        reader.end();
        return new Answer(state, results);
    }

    private List<List<@Nullable Object>> run(
            ReadConnection reader, Plan.Statement statement, Reading<Answer> reading, Budget budget)
            throws SQLException {
        try (PreparedStatement prepared = reader.connection().prepareStatement(SingleSelect.check(statement.sql()))) {
            bind(prepared, statement.parameters());
            reading.running(prepared);
            try (ResultSet result = prepared.executeQuery()) {
                return rows(result, statement.types(), budget);
            } finally {
                reading.idle();
            }
        }
    }

    private static void bind(PreparedStatement prepared, List<@Nullable Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            prepared.setObject(i + 1, bound(values.get(i)));
        }
    }

    private static @Nullable Object bound(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
            case null -> null;
            case String _, Long _, Integer _, Double _, Boolean _, BigInteger _ -> value;
            default -> throw new IllegalArgumentException("A parameter has a form that no field type says");
        };
    }

    private List<List<@Nullable Object>> rows(ResultSet result, List<FieldType> types, Budget budget)
            throws SQLException {
        List<ColumnReader> columns = columns(result.getMetaData(), types);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (result.next()) {
            if (rows.size() == plan.rowsMax()) {
                throw new ProblemException(new Problem.LimitExceeded(
                        "rows_max",
                        plan.rowsMax(),
                        "The query yields more than %d rows; narrow it, or set a limit.".formatted(plan.rowsMax())));
            }
            rows.add(row(result, columns, budget));
        }
        return rows;
    }

    private static List<ColumnReader> columns(ResultSetMetaData result, List<FieldType> types) throws SQLException {
        if (result.getColumnCount() != types.size()) {
            throw new IllegalArgumentException("A statement yields another number of columns than it says");
        }
        List<ColumnReader> columns = new ArrayList<>(types.size());
        for (int column = 1; column <= types.size(); column++) {
            columns.add(ColumnReader.of(column, types.get(column - 1), result.getColumnTypeName(column)));
        }
        return columns;
    }

    private static List<@Nullable Object> row(ResultSet result, List<ColumnReader> columns, Budget budget)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (ColumnReader column : columns) {
            Object value = column.read(result);
            if (value instanceof String text) {
                budget.spend(text.length());
            }
            values.add(value);
        }
        return values;
    }

    /** The text that a plan may still yield. */
    private static final class Budget {
        private final long max;
        private long left;

        Budget(long max) {
            this.max = max;
            this.left = max;
        }

        void spend(int characters) {
            left -= characters;
            if (left < 0) {
                throw new ProblemException(new Problem.LimitExceeded(
                        "result_bytes_max", max, "The query yields too much text; ask for fewer rows or columns."));
            }
        }
    }
}
