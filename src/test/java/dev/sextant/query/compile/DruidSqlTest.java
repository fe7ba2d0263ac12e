package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.engine.Bound;
import dev.sextant.engine.Condition;
import dev.sextant.engine.Dialect;
import dev.sextant.engine.Plan;
import dev.sextant.engine.PooledColumns;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Secret;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DruidSqlTest {

    private static final String RANGE = "'time_range': {'from': '2015-09-12T00:00:00Z', 'to': '2015-09-13T00:00:00Z'}";

    private final QueryCompiler compiler =
            new QueryCompiler(new Cursors(new Secret("k".repeat(32))), 100, Dialect.DRUID);

    private List<Plan.Statement> statements(String body) {
        Query query = Bodies.query(body);
        TimeRange range = query.timeRange();
        return compiler.compile(Asking.TENANT, query, range == null ? null : range.at(Instant.EPOCH), Bodies.EDITS)
                .plan()
                .statements();
    }

    @Test
    void asksForTheDatasetsOwnEventsOfTheSnapshot() {
        Plan.Statement rows = statements("{'measures': [{'agg': 'count'}]}").getFirst();

        assertThat(rows.sql())
                .startsWith("SELECT COUNT(*) AS \"#0\" FROM (SELECT \"__micros\" AS \"__time\"")
                .contains("\"s_channel\" AS \"channel\"", "\"b_isRobot\" AS \"isRobot\"", "\"l_added\" AS \"added\"")
                .endsWith(
                        "FROM \"$events\" WHERE \"tenant_id\" = ? AND \"dataset\" = ? AND \"__version\" <= ?) AS \"t1\"");
        assertThat(rows.parameters()).containsExactly(Bound.TENANT, Bound.DATASET, Bound.VERSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dimensions': ['channel'], 'measures': [{'agg': 'count'}], 'totals': true, " + RANGE + "}",
                "{'dimensions': ['channel'], 'measures': [{'agg': 'count'}], 'others': {'by': 'count', 'limit': 2}, "
                        + RANGE + "}",
                "{'dimensions': [{'time': 'time', 'grain': '1h'}, 'channel'], 'measures': [{'agg': 'count'}], 'fill': true, "
                        + RANGE + "}",
                "{'dimensions': ['channel'], 'measures': [{'agg': 'count_distinct', 'field': 'user'}, {'agg': 'count'}], "
                        + "'compare': {'offset': '1d'}, " + RANGE + "}",
                "{'fields': ['channel', 'extra'], " + RANGE + "}"
            })
    void everyScanAsksForTheTenant(String body) {
        assertThat(statements(body)).allSatisfy(statement -> {
            int scans = count(statement.sql(), "\"" + PooledColumns.EVENTS + "\"");
            assertThat(scans).isPositive();
            assertThat(count(
                            statement.sql(),
                            "\"$events\" WHERE \"tenant_id\" = ? AND \"dataset\" = ? AND \"__version\" <= ?"))
                    .isEqualTo(scans);
            for (Bound bound : Bound.values()) {
                assertThat(Collections.frequency(statement.parameters(), bound)).isEqualTo(scans);
            }
        });
    }

    private static int count(String sql, String part) {
        return sql.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void neverPutsAValueOrACallersNameIntoTheSql() {
        String evil = "x\\u0027 OR \\u0022$events\\u0022 --";
        List<Plan.Statement> statements = statements("""
                {'dimensions': [{'field': 'channel', 'as': 'evil_name'}], 'measures': [{'agg': 'count', 'as': 'evil_count'}],
                 'filter': {'and': [{'field': 'page', 'op': 'eq', 'value': '%1$s'}, {'field': 'page', 'op': 'in', 'value': ['%1$s']}]},
                 'having': {'field': 'evil_name', 'op': 'ne', 'value': '%1$s'}}""".formatted(evil));

        assertThat(statements)
                .allSatisfy(statement -> assertThat(statement.sql().toLowerCase(Locale.ROOT))
                        .doesNotContain("--")
                        .doesNotContain("evil"));
    }

    @Test
    void noNameInJsonReadsLikeTheDatasource() {
        String sql =
                statements("{'dimensions': ['properties.$events']}").getFirst().sql();

        assertThat(sql).contains("U&'\\0024[\\0027\\0024events\\0027]'");
        assertThat(count(sql, "$events")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"properties.it\\u0027s", "properties['a\\\\\\\\b']", "properties.x\\u0027), secret"})
    void namesInJsonThatWouldEndTheEnginesOwnTextAreRefused(String path) {
        String name = path.replace("['", "[\\u0027").replace("']", "\\u0027]");

        assertThatThrownBy(() -> statements("{'dimensions': ['%s']}".formatted(name)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(((Unprocessable) e.problem()).reason())
                                .isEqualTo(Unprocessable.Reason.NOT_SUPPORTED));
    }

    @Test
    void cutsTheRangeByTheEnginesOwnMomentsToo() {
        Plan.Statement rows =
                statements("{'measures': [{'agg': 'count'}], " + RANGE + "}").getFirst();

        assertThat(rows.sql())
                .contains("\"__time\" >= ? AND \"__time\" < ? AND (\"%millis\" >= MILLIS_TO_TIMESTAMP(? / 1000 - 1)) "
                        + "AND (\"%millis\" <= MILLIS_TO_TIMESTAMP(? / 1000))");
    }

    @Test
    void aConditionNamesTheColumnsAndLeavesWhoseTheyAreToTheEngine() {
        Query query = Bodies.query(
                "{'measures': [{'agg': 'count'}], 'filter': {'field': 'isRobot', 'op': 'eq', 'value': true}}");

        Condition condition = compiler.condition(query, null, Bodies.EDITS);

        assertThat(condition.sql()).isEqualTo("\"b_isRobot\" = ?");
        assertThat(condition.parameters()).isEqualTo(List.<@Nullable Object>of(true));
    }

    @Test
    void callersSqlIsRefused() {
        assertThatThrownBy(() -> new SqlCompiler(1 << 20, Dialect.DRUID)
                        .compile(Asking.TENANT, Map.of("edits", Bodies.EDITS), "SELECT 1 FROM edits", List.of(), 10))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(((Unprocessable) e.problem()).reason())
                                .isEqualTo(Unprocessable.Reason.NOT_SUPPORTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'agg': 'quantile', 'field': 'added', 'q': 0.5",
                "'agg': 'min', 'field': 'page'",
                "'agg': 'sum', 'expr': 'added + added + added + added + added + added + added + added'"
            })
    void whatIsNotExactIsRefused(String measure) {
        assertThatThrownBy(() -> statements("{'measures': [{" + measure + ", 'as': 'm'}]}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(((Unprocessable) e.problem()).reason())
                                .isEqualTo(Unprocessable.Reason.NOT_SUPPORTED));
    }
}
