package dev.sextant.query.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.engine.Dialect;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.compile.CompiledSql.Column;
import dev.sextant.query.model.DatasetModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes plans of SQL that callers wrote. Thread-safe. A statement that was not seen before costs about ten milliseconds
 * of CPU: for worker threads.
 */
public final class SqlCompiler {

    private static final int TEMPLATE_BYTES = 8 << 10;

    /** Callers who see other things do not drive each other's statements out. */
    private record Key(TenantId tenant, List<Seen> datasets, String sql) {}

    private record Seen(String dataset, PolicyFingerprint sight) {}

    /**
     * A statement without the values of its parameters.
     *
     * @param schema for which it is right
     * @param marks for each {@code ?} of {@code sql}, what stands there: see {@link SqlPrinter#parameters}
     * @param own values that are not the caller's
     * @param fetch how many rows the statement itself asks for: a {@code Long}, the index of a parameter as an
     *     {@code Integer}, or null
     */
    private record Statement(
            Map<String, DatasetModel> schema,
            String sql,
            List<Integer> marks,
            List<Object> own,
            List<FieldType> parameters,
            List<Column> columns,
            List<String> datasets,
            @Nullable Number fetch) {

        int weight() {
            return TEMPLATE_BYTES + 2 * sql.length();
        }
    }

    private final Dialect dialect;
    private final Cache<Key, Statement> keyToStatement;

    /** For DuckDB. */
    public SqlCompiler(long bytesMax) {
        this(bytesMax, Dialect.DUCKDB);
    }

    /**
     * @param bytesMax what remembered statements may take in memory, roughly
     * @param dialect of the engine that the plans are for; only DuckDB's is written, for all others everything is refused
     */
    public SqlCompiler(long bytesMax, Dialect dialect) {
        this.dialect = dialect;
        this.keyToStatement = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Key key, Statement statement) -> key.sql().length() * 2 + statement.weight())
                .build();
    }

    /**
     * Makes a plan.
     *
     * @param datasets all that the caller may read, by name
     * @param parameters the values of the statement's {@code ?} marks
     * @param limit how many rows are wanted at most
     * @throws ProblemException {@code INVALID_SQL}, {@code NOT_SUPPORTED}, {@code TYPE_MISMATCH}, {@code LimitExceeded}
     */
    public CompiledSql compile(
            TenantId tenant, Map<String, DatasetModel> datasets, String sql, List<JsonNode> parameters, int limit) {
        if (dialect != Dialect.DUCKDB) {
            throw new ProblemException(Unprocessable.at(
                    "/sql",
                    Reason.NOT_SUPPORTED,
                    "The engine that keeps these datasets takes no SQL; ask for measures and dimensions instead"));
        }
        List<Seen> seen = datasets.entrySet().stream()
                .map(dataset -> new Seen(dataset.getKey(), dataset.getValue().fingerprint()))
                .sorted(Comparator.comparing(Seen::dataset))
                .toList();
        Key key = new Key(tenant, seen, sql);
        Statement statement = keyToStatement.getIfPresent(key);
        if (statement == null || !statement.schema().equals(datasets)) {
            statement = statement(sql, datasets);
            keyToStatement.put(key, statement);
        }
        List<@Nullable Object> values = SqlValues.read(parameters, statement.parameters());
        long rows = Math.min(limit + 1L, fetch(statement, values));
        List<@Nullable Object> bound = new ArrayList<>();
        for (int mark : statement.marks()) {
            bound.add(value(mark, rows, values, statement.own()));
        }
        List<FieldType> types = statement.columns().stream().map(Column::type).toList();
        return new CompiledSql(
                statement.columns(),
                statement.datasets(),
                !statement.sql().contains("APPROX_COUNT_DISTINCT("),
                limit,
                new Plan(
                        statement.datasets().getFirst(),
                        List.of(new Plan.Statement(statement.sql(), bound, types)),
                        limit + 1));
    }

    private static @Nullable Object value(int mark, long rows, List<@Nullable Object> values, List<Object> own) {
        if (mark == SqlPrinter.LIMIT) {
            return rows;
        }
        return mark >= 0 ? values.get(mark) : own.get(SqlPrinter.OWN - mark);
    }

    private static long fetch(Statement statement, List<@Nullable Object> values) {
        return switch (statement.fetch()) {
            case null -> Long.MAX_VALUE;
            case Integer parameter -> values.get(parameter) instanceof Long rows && rows >= 0 ? rows : refusedLimit();
            case Number rows -> rows.longValue();
        };
    }

    private static long refusedLimit() {
        throw SqlProblems.invalid("LIMIT and OFFSET take whole numbers from 0.");
    }

    private static Statement statement(String sql, Map<String, DatasetModel> datasets) {
        SqlText text = SqlText.of(sql);
        try {
            SqlSchema schema = new SqlSchema(datasets);
            return statement(SqlConverter.convert(text, schema), schema, datasets);
        } catch (ProblemException e) {
            throw e;
        } catch (StackOverflowError _) {
            throw SqlProblems.tooLarge("expressions within expressions", 150);
        } catch (RuntimeException | AssertionError _) {
            // The library fails in many ways on what it does not know; its texts are not for our callers.
            throw SqlProblems.notSupported("Something in this statement");
        }
    }

    private static Statement statement(
            SqlConverter.Converted converted, SqlSchema schema, Map<String, DatasetModel> datasets) {
        SqlPrinter printer = new SqlPrinter(schema);
        String printed = printer.statement(converted.root());
        List<Column> columns = new ArrayList<>();
        for (var field : converted.root().validatedRowType.getFieldList()) {
            boolean unnamed = field.getName().startsWith("EXPR$");
            columns.add(new Column(
                    unnamed ? "column_" + (columns.size() + 1) : field.getName(), SqlTypes.of(field.getType())));
        }
        return new Statement(
                Map.copyOf(datasets),
                printed,
                List.copyOf(printer.parameters()),
                printer.ownValues(),
                converted.parameters().stream().map(SqlTypes::of).toList(),
                List.copyOf(columns),
                printer.datasets(),
                converted.root().rel instanceof Sort sort ? fetch(sort.fetch) : null);
    }

    private static @Nullable Number fetch(@Nullable RexNode fetch) {
        return switch (fetch) {
            case RexLiteral literal -> literal.getValueAs(Long.class);
            case RexDynamicParam parameter -> parameter.getIndex();
            case null -> null;
            default -> throw SqlProblems.notSupported("A LIMIT that is not a number");
        };
    }
}
