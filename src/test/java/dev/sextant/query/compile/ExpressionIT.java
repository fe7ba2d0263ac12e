package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Secret;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions mean, over a few events worked out by hand. */
class ExpressionIT {

    private static final DatasetModel MODEL = ModelReader.read(Bodies.json("""
            {'entity': 'user', 'dimensions': [{'name': 'n', 'type': 'long'}, {'name': 'm', 'type': 'long'},
              {'name': 'x', 'type': 'double'}, {'name': 'name', 'type': 'string'}, {'name': 'flag', 'type': 'boolean'},
              {'name': 'payload', 'type': 'json'}],
             'measures': [{'name': 'total', 'agg': 'sum', 'field': 'n'},
              {'name': 'users', 'agg': 'count_distinct', 'field': 'user'},
              {'name': 'each', 'agg': 'expression', 'expr': 'total / users'},
              {'name': 'price', 'agg': 'sum', 'field': 'properties.price', 'type': 'double'}],
             'segments': [{'name': 'gaining', 'filter': {'expr': 'n > m * 2'}}]}"""), "");

    private static @Nullable DuckDbTables tables;
    private static @Nullable Asking asking;

    @BeforeAll
    static void load() throws SQLException {
        tables = new DuckDbTables();
        tables.create(MODEL.table("rows"));
        tables.insert(
                "rows",
                List.of(
                        row("a", 10L, 3L, 2.5, "Ünï 𝒳", true, "{\"price\":\"12.5\",\"k\":{\"l\":[7,\"x\"]}}"),
                        row("b", -7L, 0L, -0.5, " b ", false, "{\"price\":4,\"it's \\\"q\\\"\":{\"a.b\":5}}"),
                        row(
                                "c",
                                Long.MAX_VALUE,
                                2L,
                                1e308,
                                "c'",
                                null,
                                "{\"price\":\"free\",\"at\":\"2026-11-23T15:00:00+01:00\"}"),
                        row("a", null, null, null, null, null, null)));
        asking = new Asking(tables, "rows", MODEL);
    }

    private static Map<String, @Nullable Object> row(String user, @Nullable Object... values) {
        Map<String, @Nullable Object> row = new HashMap<>();
        List<String> names = List.of("n", "m", "x", "name", "flag", "properties");
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), values[i]);
        }
        row.put("user", user);
        row.put("payload", "{\"list\":[{\"v\":\"p-" + user + "\"}]}");
        row.put("__time", Instant.parse("2015-10-25T22:30:15.250Z"));
        row.put("event_id", "e" + values[0]);
        return row;
    }

    @AfterAll
    static void close() throws SQLException {
        if (tables != null) {
            tables.close();
        }
    }

    private static List<List<@Nullable Object>> rows(String body) {
        Query query = QueryReader.read(Bodies.json(body), "rows", MODEL);
        assertThat(QueryReader.read(query.toJson(), "rows", MODEL)).isEqualTo(query);
        return Objects.requireNonNull(asking).page(query).rows();
    }

    /** Of the rows with n = 10, -7, 2^63−1 and none, in this order. */
    private static List<@Nullable Object> values(String expression) {
        String text = expression.replace("\"", "\\\"").replace("'", "\u0001");
        String body = "{'dimensions': ['event_id', {'expr': '%s', 'as': 'v'}]}".formatted(text);
        Query query = QueryReader.read(json(body), "rows", MODEL);
        assertThat(QueryReader.read(query.toJson(), "rows", MODEL)).isEqualTo(query);
        List<List<@Nullable Object>> rows =
                Objects.requireNonNull(asking).page(query).rows();
        Map<@Nullable Object, @Nullable Object> idToValue = new HashMap<>();
        rows.forEach(row -> idToValue.put(row.getFirst(), row.getLast()));
        return Arrays.asList(
                idToValue.get("e10"),
                idToValue.get("e-7"),
                idToValue.get("e" + Long.MAX_VALUE),
                idToValue.get("enull"));
    }

    private static JsonNode json(String body) {
        try {
            return Json.tree(body.replace('\'', '"').replace('\u0001', '\'').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            n + m ~ 13|-7|null|null
            n * 2 ~ 20|-14|null|null
            n - 1 ~ 9|-8|9223372036854775806|null
            - n ~ -10|7|-9223372036854775807|null
            ABS(n) % 4 ~ 2|3|3|null
            n % m ~ 1|null|1|null
            n / m ~ 3.3333333333333335|null|4.611686018427388E18|null
            -7 / 2 ~ -3.5|-3.5|-3.5|-3.5
            COALESCE(n / m, 0) ~ 3.3333333333333335|0.0|4.611686018427388E18|0.0
            x * 10 ~ 25.0|-5.0|null|null
            COALESCE(SQRT(x), -1) ~ 1.5811388300841898|-1.0|1.0E154|-1.0
            COALESCE(LN(x), 0.5) > 0.9 ~ true|false|true|false
            POWER(x, 2) ~ 6.25|0.25|null|null
            ROUND(x) ~ 3.0|-1.0|1.0E308|null
            ROUND(LEAST(x, 7) / 3, 2) ~ 0.83|-0.17|2.33|2.33
            FLOOR(x) ~ 2.0|-1.0|1.0E308|null
            CEIL(x) ~ 3.0|0.0|1.0E308|null
            FLOOR(n) ~ 10|-7|9223372036854775807|null
            ROUND(n, 2) ~ 10|-7|9223372036854775807|null
            CAST(x AS long) ~ 2|0|null|null
            GREATEST(n, m, 5) ~ 10|5|9223372036854775807|5
            LEAST(x, 1) ~ 1.0|-0.5|1.0|1.0
            CASE WHEN n > 5 THEN 'big' ELSE 'small' END ~ big|small|big|small
            CASE WHEN n > 5 THEN n WHEN n < 0 THEN x END ~ 10.0|-0.5|9.223372036854776E18|null
            NULLIF(m, 0) ~ 3|null|2|null
            n > 5 ~ true|false|true|false
            NOT n > 5 ~ false|true|false|true
            n <> 10 ~ false|true|true|true
            flag ~ true|false|null|null
            NOT flag ~ false|true|true|true
            flag = FALSE ~ false|true|false|false
            (n > 5) = flag ~ true|true|false|false
            n IS NULL OR m IN (0, 2) ~ false|true|true|true
            n NOT IN (10, 5) ~ false|true|true|true
            n BETWEEN -7 AND 10 ~ true|true|false|false
            LENGTH(name) ~ 5|3|2|null
            UPPER(name) ~ ÜNÏ 𝒳| B |C'|null
            LOWER(name) || '!' ~ ünï 𝒳!| b !|c'!|null
            TRIM(name) ~ Ünï 𝒳|b|c'|null
            SUBSTRING(name, 5) ~ 𝒳|||null
            SUBSTRING(name, 2, 1) ~ n|b|'|null
            CONCAT(TRIM(name), '-', COALESCE(CAST(n AS string), '?')) ~ Ünï 𝒳-10|b--7|c'-9223372036854775807|null
            CONTAINS(name, '''') ~ false|false|true|false
            STARTS_WITH(name, 'Ü') ~ true|false|false|false
            properties.price > 5 ~ true|false|false|false
            properties.price * 2 ~ 25.0|8.0|null|null
            CAST(properties.price AS long) ~ null|4|null|null
            properties.k.l[0] ~ 7|null|null|null
            properties['it''s "q"']['a.b'] ~ null|5|null|null
            payload.list[0].v ~ p-a|p-b|p-c|p-a
            EPOCH_MS(CAST(properties.at AS timestamp)) ~ null|null|1795442400000|null
            EXTRACT(HOUR FROM time) ~ 22|22|22|22
            EXTRACT(HOUR FROM time AT TIME ZONE 'Europe/Berlin') ~ 23|23|23|23
            EXTRACT(DAY FROM time AT TIME ZONE 'Asia/Tokyo') ~ 26|26|26|26
            EXTRACT(DAY_OF_WEEK FROM time) ~ 7|7|7|7
            EXTRACT(WEEK FROM time) ~ 43|43|43|43
            EXTRACT(SECOND FROM time) ~ 15|15|15|15
            EPOCH_MS(TIMESTAMP '2015-10-25T22:30:15.999999Z') ~ 1445812215999|1445812215999|1445812215999|1445812215999
            EPOCH_MS(TIMESTAMP '1969-12-31T23:59:59.000001Z') ~ -1000|-1000|-1000|-1000
            EPOCH_MS(time) % 1000 ~ 250|250|250|250
            time > TIMESTAMP '2015-10-25T22:30:15Z' ~ true|true|true|true
            """)
    void meansWhatItSays(String expression, String expected) {
        List<String> texts = values(expression).stream().map(String::valueOf).toList();

        assertThat(String.join("|", texts)).isEqualTo(expected);
    }

    @Test
    void measuresAreOfExpressions() {
        assertThat(rows("""
                {'measures': [{'agg': 'sum', 'expr': 'm * 2'}, {'agg': 'max', 'expr': 'n + m', 'as': 'most'},
                  {'agg': 'count_distinct', 'expr': 'CASE WHEN n > 5 THEN 1 ELSE 0 END', 'as': 'kinds'},
                  {'agg': 'avg', 'field': 'properties.price', 'type': 'double'}]}""")).isEqualTo(List.of(List.of(BigInteger.valueOf(10), 13L, 2L, 8.25)));
    }

    @Test
    void measuresAreOfMeasures() {
        assertThat(rows("""
                {'measures': [{'agg': 'expression', 'expr': 'net / users * 100', 'as': 'share'},
                  {'agg': 'sum', 'expr': 'm', 'as': 'net', 'filter': {'field': 'm', 'op': 'gt', 'value': 2}},
                  {'agg': 'expression', 'expr': 'total + 1', 'as': 'more'}, {'measure': 'each', 'as': 'e'}, {'measure': 'price'},
                  {'agg': 'expression', 'expr': 'ROUND(share) - net'}, {'agg': 'count'}]}"""))
                .isEqualTo(List.of(List.of(
                        100.0,
                        BigInteger.valueOf(3),
                        new BigInteger("9223372036854775811"),
                        3.0744573456182584E18,
                        16.5,
                        97.0,
                        4L)));
    }

    @Test
    void filtersAreExpressions() {
        assertThat(rows("{'measures': [{'agg': 'count'}], 'filter': {'expr': 'n > m * 2'}}"))
                .isEqualTo(List.of(List.of(2L)));
        assertThat(rows("{'measures': [{'agg': 'count'}], 'filter': {'not': {'expr': 'n > m * 2'}}}"))
                .isEqualTo(List.of(List.of(2L)));
        assertThat(rows("{'measures': [{'agg': 'count', 'filter': {'segment': 'gaining'}}]}"))
                .isEqualTo(List.of(List.of(2L)));
        assertThat(
                        rows(
                                "{'dimensions': ['user'], 'measures': [{'agg': 'count'}], 'having': {'expr': 'count * 2 > 2'}}"))
                .isEqualTo(List.of(List.of("a", 2L)));
    }

    @Test
    void propertiesAreReadAsWhatTheyShallBe() {
        assertThat(rows("{'dimensions': [{'field': 'properties.price', 'type': 'double'}]}"))
                .isEqualTo(List.of(List.of(4.0), List.of(12.5), Arrays.asList((Object) null)));
        assertThat(rows("{'dimensions': ['properties.k.l[1]']}"))
                .isEqualTo(List.of(List.of("x"), Arrays.asList((Object) null)));
        assertThat(
                        rows(
                                "{'measures': [{'agg': 'count'}], 'filter': {'field': 'properties.k.l[0]', 'op': 'gte', 'value': 7}}"))
                .isEqualTo(List.of(List.of(1L)));
    }

    @Test
    void whatWasReadIsWrittenWithoutTheAuthorsText() {
        Query query = QueryReader.read(
                json("{'dimensions': [{'expr': 'CASE WHEN name = \u0001secret\u0001 THEN 41 END', 'as': 'v'}]}"),
                "rows",
                MODEL);

        String sql = new QueryCompiler(new Cursors(new Secret("k".repeat(32))), 10)
                .compile(Asking.TENANT, query, null, MODEL)
                .plan()
                .statements()
                .getFirst()
                .sql();

        assertThat(sql).doesNotContain("secret").doesNotContain("41").doesNotContain("\"v\"");
    }

    @Test
    void binsHoldTheirLowerEdgeAndNotTheirUpper() {
        assertThat(rows("{'dimensions': [{'field': 'n', 'bins': {'width': 10}}], 'measures': [{'agg': 'count'}]}"))
                .isEqualTo(List.of(
                        List.of(-10L, 1L),
                        List.of(10L, 1L),
                        List.of(9223372036854775800L, 1L),
                        Arrays.asList(null, 1L)));
        assertThat(
                        rows(
                                "{'dimensions': [{'field': 'm', 'bins': {'edges': [0, 2, 3.5]}}], 'measures': [{'agg': 'count'}]}"))
                .isEqualTo(List.of(List.of(0.0, 1L), List.of(2.0, 2L), Arrays.asList(null, 1L)));
        assertThat(rows("{'dimensions': [{'field': 'm', 'bins': {'edges': [2, 3]}}], 'measures': [{'agg': 'count'}]}"))
                .isEqualTo(List.of(List.of(2L, 1L), List.of(3L, 1L), Arrays.asList(null, 2L)));
        assertThat(rows("""
                {'dimensions': [{'expr': 'm / 10', 'as': 'tenth', 'bins': {'width': 0.1}}], 'measures': [{'agg': 'count'}]}"""))
                .isEqualTo(List.of(List.of(0.0, 1L), List.of(0.2, 1L), List.of(0.3, 1L), Arrays.asList(null, 1L)));
    }
}
