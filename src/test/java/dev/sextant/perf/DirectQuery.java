package dev.sextant.perf;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.engine.duckdb.DirectDuckDb;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.compile.Cursors;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.model.TimeRange.Between;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The SQL that the server makes of a question, asked of DuckDB without the server, one after the other. */
final class DirectQuery {

    /** Stands in the plan for the number that changes. */
    private static final long MARK = -987_654_321;

    private final DirectDuckDb database;
    private final List<Plan.Statement> statements;
    private long number = MARK;

    private DirectQuery(DirectDuckDb database, List<Plan.Statement> statements) {
        this.database = database;
        this.statements = statements;
    }

    /** @param body of a query, in which {@code -%N%} stands for a number that changes */
    static DirectQuery of(DirectDuckDb database, String modelText, String body) throws IOException {
        DatasetModel model = ModelReader.read(tree(modelText), "");
        JsonNode asked = tree(body.replace(Edits.NUMBER, Long.toString(-MARK)));
        Query query = QueryReader.read(asked, asked.path("dataset").textValue(), model);
        return new DirectQuery(database, statements(query, model));
    }

    /** @param sql in which {@code -%N%} stands for a number that changes */
    static DirectQuery ofSql(DirectDuckDb database, String sql, List<FieldType> types) {
        String marked = sql.replace("-" + Edits.NUMBER, "?");
        return new DirectQuery(database, List.of(new Plan.Statement(marked, List.of(MARK), types)));
    }

    private static JsonNode tree(String text) throws IOException {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Plan.Statement> statements(Query query, DatasetModel model) {
        QueryCompiler compiler = new QueryCompiler(new Cursors(new Secret("0".repeat(32))), 1);
        return compiler.compile(new TenantId("ten_direct"), query, (Between) query.timeRange(), model)
                .plan()
                .statements();
    }

    Sample run(int seconds) throws SQLException {
        CpuClock cpu = new CpuClock();
        List<Long> nanos = new ArrayList<>();
        long started = System.nanoTime();
        long now = started;
        while (now - started < seconds * 1_000_000_000L) {
            database.run(next());
            long then = System.nanoTime();
            nanos.add(then - now);
            now = then;
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Sample(
                sorted.length * 1e9 / (now - started),
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                cpu.microsFor(sorted.length));
    }

    private List<Plan.Statement> next() {
        number--;
        return statements.stream()
                .map(statement ->
                        new Plan.Statement(statement.sql(), renumbered(statement.parameters()), statement.types()))
                .toList();
    }

    private List<@Nullable Object> renumbered(List<@Nullable Object> parameters) {
        @Nullable Object[] values = parameters.toArray();
        Arrays.setAll(values, i -> Objects.equals(values[i], MARK) ? (Object) number : values[i]);
        return Arrays.asList(values);
    }
}
