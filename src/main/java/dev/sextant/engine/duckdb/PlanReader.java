package dev.sextant.engine.duckdb;

import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** Runs a plan's statements in one snapshot. */
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
        try (DuckDBPreparedStatement prepared = reader.connection().prepare(SingleSelect.check(statement.sql()))) {
            bind(prepared, statement.parameters());
            reading.running(prepared);
            try (DuckDBChunkedResult result = prepared.query()) {
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

    private List<List<@Nullable Object>> rows(DuckDBChunkedResult result, List<FieldType> types, Budget budget) {
        if (result.columnCount() != types.size()) {
            throw new IllegalArgumentException("A statement yields another number of columns than it says");
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (result.nextChunk()) {
            DuckDBDataChunkReader chunk = result.chunk();
            if (rows.size() + chunk.rowCount() > plan.rowsMax()) {
                throw new ProblemException(new Problem.LimitExceeded(
                        "rows_max",
                        plan.rowsMax(),
                        "The query yields more than %d rows; narrow it, or set a limit.".formatted(plan.rowsMax())));
            }
            add(chunk, types, rows, budget);
        }
        return rows;
    }

    private static void add(
            DuckDBDataChunkReader chunk, List<FieldType> types, List<List<@Nullable Object>> rows, Budget budget) {
        for (long row = 0; row < chunk.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>(types.size());
            for (int column = 0; column < types.size(); column++) {
                Object value = ColumnReader.read(chunk.vector(column), row, types.get(column));
                if (value instanceof String text) {
                    budget.spend(text.length());
                }
                values.add(value);
            }
            rows.add(values);
        }
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
