package dev.sextant.query.compile;

import static dev.sextant.query.compile.SameAnswers.rounded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.authz.policy.ColumnRule.Mask;
import dev.sextant.authz.policy.ColumnRule.Masked;
import dev.sextant.authz.policy.DatasetRules;
import dev.sextant.engine.Bound;
import dev.sextant.engine.Condition;
import dev.sextant.engine.Dialect;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Secret;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.model.SeenModel;
import dev.sextant.query.model.TimeRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same queries over the same events in DuckDB and in a real Druid: what is exact is equal, all else is refused. */
@Tag("druid")
@Tag("soak-cluster")
@Execution(ExecutionMode.CONCURRENT) // one question at a time leaves Druid idle half of the time
class DialectsIT {

    private static final DatasetModel MODEL = OddEvents.MODEL;

    /** Of whom much is kept back. */
    private static final DatasetModel SEEN = SeenModel.of(
            MODEL,
            new DatasetRules(
                    List.of(Bodies.json("{'field': 'city', 'op': 'in', 'value': ['Berlin', 'Paris']}")),
                    List.of(Bodies.json("{'field': 'country', 'op': 'regex', 'value': '^F'}")),
                    Set.of("big", "source", "properties.k"),
                    Map.of(
                            "country", new Masked("country", Mask.PARTIAL, null),
                            "user", new Masked("user", Mask.HASH, "salt"),
                            "city", new Masked("city", Mask.REDACT, null)),
                    Set.of()));

    private static final long SEED = 20_150_912;

    /** Random ones; all of them in {@code ./sextant soak cluster}. */
    private static final int QUERIES = "cluster".equals(System.getProperty("sextant.soak")) ? 500 : 100;

    private static final List<Tables> OPEN = new ArrayList<>();
    private static @Nullable Tables duckTables;
    private static @Nullable Tables druidTables;
    private static @Nullable Asking duck;
    private static @Nullable Asking druid;

    @BeforeAll
    static void load(@TempDir Path folder) throws Exception {
        folder.toFile().setReadable(true, false);
        folder.toFile().setExecutable(true, false);
        List<Map<String, @Nullable Object>> rows = OddEvents.rows();
        duckTables = new DuckDbTables();
        OPEN.add(duckTables);
        duckTables.load(MODEL.table("events"), rows);
        druidTables = new DruidTables(DruidAddress.known(), "dia_dialects", folder);
        OPEN.add(druidTables);
        druidTables.load(MODEL.table("events"), rows);
        duck = new Asking(duckTables, "events", MODEL);
        druid = new Asking(druidTables, "events", MODEL);
    }

    @AfterAll
    static void close() throws Exception {
        for (Tables tables : OPEN) {
            tables.close();
        }
    }

    static Stream<String> exact() throws IOException {
        return Stream.of(lines("exact"), buckets(), expressions()).flatMap(same -> same);
    }

    private static Stream<String> expressions() throws IOException {
        return lines("expressions")
                .map(text -> "{'dimensions': ['event_id', {'expr': '%s', 'as': 'v'}], 'limit': 10000}"
                        .formatted(text.replace("'", "\\u0027")));
    }

    private static Stream<String> buckets() {
        String all =
                "{'dimensions': [{'time': '%s', 'grain': '%s', 'tz': '%s'%s}], 'measures': [{'agg': 'count'}], 'limit': 10000%s}";
        String year = ", 'time_range': {'from': '2015-02-10T07:30:00Z', 'to': '2015-11-20T12:00:00Z'}";
        String week = ", 'week_start': 'sunday'";
        List<String> grains = List.of(
                "10s", "15m", "7m", "90m", "1h", "2h", "6h", "1d", "3d", "1w", "2w", "1mo", "2mo", "1q", "1y", "10y");
        Stream<String> everywhere = grains.stream().map(grain -> all.formatted("time", grain, "UTC", "", ""));
        Stream<String> other = Stream.of("1h", "1w", "1mo").map(grain -> all.formatted("seen", grain, "UTC", "", ""));
        Stream<String> weeks = Stream.of("1w", "3w")
                .flatMap(grain -> Stream.of("UTC", "America/New_York")
                        .map(zone -> all.formatted("time", grain, zone, week, year)));
        Stream<String> zones = Stream.of(
                        "Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca")
                .flatMap(zone -> grains.stream().map(grain -> all.formatted("time", grain, zone, "", year)));
        return Stream.of(everywhere, other, weeks, zones).flatMap(same -> same);
    }

    static Stream<String> refused() throws IOException {
        return lines("refused");
    }

    /** One query a line. */
    private static Stream<String> lines(String name) throws IOException {
        try (var stream = Objects.requireNonNull(DialectsIT.class.getResourceAsStream("/dialects/" + name + ".txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("exact")
    void answersAreEqual(String body) {
        Asking.Page expected = Objects.requireNonNull(duck).page(body);

        Asking.Page found = Objects.requireNonNull(druid).page(body);

        assertThat(rounded(found.rows())).isEqualTo(rounded(expected.rows()));
        assertThat(rounded(List.of(found.totals()))).isEqualTo(rounded(List.of(expected.totals())));
        assertThat(found.nextCursor() == null).isEqualTo(expected.nextCursor() == null);
        assertThat(String.valueOf(found.subtotals())).isEqualTo(String.valueOf(expected.subtotals()));
    }

    static Stream<String> random() {
        return new RandomQueries(OddEvents.WORDS, SEED).next(QUERIES).stream();
    }

    @ParameterizedTest
    @MethodSource("random")
    void whateverIsAskedIsEqualOrRefused(String body) {
        SameAnswers.areEqualOrRefused(Objects.requireNonNull(druid), Objects.requireNonNull(duck), body);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotExactIsRefused(String body) {
        assertThatThrownBy(() -> Objects.requireNonNull(druid).page(body))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem())
                                .isInstanceOfSatisfying(
                                        Unprocessable.class,
                                        problem -> assertThat(problem.reason())
                                                .isEqualTo(Unprocessable.Reason.NOT_SUPPORTED)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'field': 'country', 'op': 'eq', 'value': 'DE'}",
                "{'not': {'field': 'n', 'op': 'gt', 'value': 5}}",
                "{'field': 'properties.p', 'op': 'eq', 'value': 5}",
                "{'or': [{'field': 'flag', 'op': 'eq', 'value': true}, {'segment': 'german'}]}"
            })
    void aConditionMeansTheEventsOfItsFilter(String filter) {
        String body =
                "{'measures': [{'agg': 'count'}], 'filter': %s, 'time_range': {'from': '2015-09-12T00:00:00Z', 'to': '2015-09-13T00:00:00Z'}}"
                        .formatted(filter);
        Query query = QueryReader.read(Bodies.json(body), "events", MODEL);
        Condition condition = new QueryCompiler(new Cursors(new Secret("k".repeat(32))), 10, Dialect.DRUID)
                .condition(query, (TimeRange.Between) query.timeRange(), MODEL);
        List<@Nullable Object> parameters = new ArrayList<>(List.of(Bound.TENANT, Bound.DATASET, Bound.VERSION));
        parameters.addAll(condition.parameters());

        List<List<@Nullable Object>> found = Objects.requireNonNull(druidTables)
                .run(new Plan.Statement(
                        "SELECT COUNT(*) FROM \"$events\" WHERE \"tenant_id\" = ? AND \"dataset\" = ? AND \"__version\" <= ? AND ("
                                + condition.sql() + ")",
                        parameters,
                        List.of(FieldType.LONG)));

        assertThat(found).isEqualTo(Objects.requireNonNull(duck).rows(body));
    }

    static Stream<String> pages() throws IOException {
        return lines("pages");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pagesAreEqual(String body) {
        List<List<@Nullable Object>> expected = Objects.requireNonNull(duck).allPages(body, 7);

        assertThat(rounded(Objects.requireNonNull(druid).allPages(body, 7))).isEqualTo(rounded(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dimensions': ['country', 'city'], 'measures': [{'agg': 'count'}]}",
                "{'fields': ['event_id', 'country', 'n'], 'limit': 100}",
                "{'measures': [{'agg': 'count'}], 'filter': {'field': 'city', 'op': 'eq', 'value': '***'}}",
                "{'measures': [{'agg': 'count'}], 'filter': {'field': 'country', 'op': 'starts_with', 'value': 'F'}}"
            })
    void whatIsKeptBackStaysSo(String body) {
        List<List<@Nullable Object>> expected =
                new Asking(Objects.requireNonNull(duckTables), "events", SEEN).rows(body);

        assertThat(rounded(new Asking(Objects.requireNonNull(druidTables), "events", SEEN).rows(body)))
                .isEqualTo(rounded(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dimensions': ['user']}",
                "{'dimensions': ['properties.p']}",
                "{'measures': [{'agg': 'count'}], 'filter': {'field': 'user', 'op': 'eq', 'value': 'u1'}}"
            })
    void whatCannotBeKeptBackIsRefused(String body) {
        Asking asking = new Asking(Objects.requireNonNull(druidTables), "events", SEEN);

        assertThatThrownBy(() -> asking.page(body)).isInstanceOf(ProblemException.class);
    }

    @Test
    void estimatesKeepTheirBounds() {
        String body = """
                {'dimensions': ['city'], 'measures': [
                  {'agg': 'count_distinct', 'field': 'user', 'exact': %1$s}, {'agg': 'count_distinct', 'field': 'n', 'exact': %1$s, 'as': 'ns'}]}""";

        List<List<@Nullable Object>> exact = Objects.requireNonNull(duck).rows(body.formatted("true"));
        List<List<@Nullable Object>> found = Objects.requireNonNull(druid).rows(body.formatted("false"));

        assertThat(found).hasSameSizeAs(exact);
        for (int i = 0; i < exact.size(); i++) {
            for (int column = 1; column <= 2; column++) {
                double truth = ((Number) Objects.requireNonNull(exact.get(i).get(column))).doubleValue();
                double estimate = ((Number) Objects.requireNonNull(found.get(i).get(column))).doubleValue();
                assertThat(Math.abs(estimate - truth) / truth).isLessThan(0.065);
            }
        }
    }

    @Test
    void quantilesKeepTheirBounds() {
        String body = "{'measures': [{'agg': 'quantile', 'field': 'n', 'q': %s, 'exact': %s, 'as': 'q'}]}";
        for (double q : new double[] {0.01, 0.25, 0.5, 0.75, 0.99}) {
            double bound = q > 0.1 && q < 0.9 ? 0.016 : 0.003;

            double found = number(Objects.requireNonNull(druid), body.formatted(q, false));

            assertThat(found)
                    .isBetween(
                            number(Objects.requireNonNull(duck), body.formatted(Math.max(0, q - bound), true)) - 1,
                            number(Objects.requireNonNull(duck), body.formatted(Math.min(1, q + bound), true)) + 1);
        }
    }

    private static double number(Asking asking, String body) {
        return ((Number) Objects.requireNonNull(asking.rows(body).getFirst().getFirst())).doubleValue();
    }

    @Test
    void aSumBeyond64BitsFailsAndIsNeverWrapped() {
        assertThatThrownBy(
                        () -> Objects.requireNonNull(druid)
                                .rows(
                                        "{'measures': [{'agg': 'sum', 'field': 'big'}], 'filter': {'field': 'big', 'op': 'gt', 'value': 0}}"))
                .hasMessageContaining("/ by zero");
    }
}
