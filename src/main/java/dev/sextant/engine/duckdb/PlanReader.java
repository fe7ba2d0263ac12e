package dev.sextant.engine.duckdb;

import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Plan;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBPreparedStatement;
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
        ReadConnection reader = file.readers().borrow();
        boolean well = false;
        try {
            Answer answer = answer(reader, reading);
            well = true;
            return answer;
        } finally {
            file.readers().giveBack(reader, well);
        }
    }

    private Answer answer(ReadConnection reader, Reading<Answer> reading) throws SQLException {
        DatasetState state = reader.begin(plan.dataset());
        List<List<List<@Nullable Object>>> results =
                new ArrayList<>(plan.statements().size());
        Budget budget = new Budget(resultBytesMax);
        reading.expect(plan.statements().size());
        for (Plan.Statement statement : plan.statements()) {
            results.add(run(reader, statement, reading, budget));
        }
        reader.end();
        return new Answer(state, results, reading.queueNanos());
    }

    private List<List<@Nullable Object>> run(
            ReadConnection reader, Plan.Statement statement, Reading<Answer> reading, Budget budget)
            throws SQLException {
        DuckDBPreparedStatement prepared = reader.kept(statement.sql());
        Binding.bind(prepared, statement.parameters());
        reading.running(prepared);
        try (ResultSet result = prepared.executeQuery()) {
            return rows(result, RowReader.of(result.getMetaData(), statement.types()), budget);
        } finally {
            reading.idle();
        }
    }

    private List<List<@Nullable Object>> rows(ResultSet result, RowReader reader, Budget budget) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (result.next()) {
            if (rows.size() == plan.rowsMax()) {
                throw tooManyRows(plan.rowsMax());
            }
            List<@Nullable Object> row = reader.read(result);
            budget.spend(RowReader.textOf(row));
            rows.add(row);
        }
        return rows;
    }

    static ProblemException tooManyRows(int rowsMax) {
        return new ProblemException(new Problem.LimitExceeded(
                "rows_max",
                rowsMax,
                "The query yields more than %d rows; narrow it, or set a limit.".formatted(rowsMax)));
    }

    /** The text that a plan may still yield. */
    private static final class Budget {
        private final long max;
        private long left;

        Budget(long max) {
            this.max = max;
            this.left = max;
        }

        void spend(long characters) {
            left -= characters;
            if (left < 0) {
                throw new ProblemException(new Problem.LimitExceeded(
                        "result_bytes_max", max, "The query yields too much text; ask for fewer rows or columns."));
            }
        }
    }
}
