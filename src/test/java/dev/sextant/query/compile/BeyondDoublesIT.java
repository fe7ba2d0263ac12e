package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies beyond all doubles is missing, wherever one looks; and so is the text that is no number. */
class BeyondDoublesIT {

    private static final DatasetModel MODEL = ModelReader.read(
            Bodies.json("{'dimensions': [{'name': 'k', 'type': 'string'}, {'name': 'x', 'type': 'double'}]}"), "");

    /** Those of a number in JSON, and then those that are none. */
    private static final List<String> TEXTS = List.of(
            "5",
            "-5",
            "0",
            "1.5",
            "2e3",
            "5E-1",
            "NaN",
            "Infinity",
            "-Infinity",
            "inf",
            "1e400",
            "1_000",
            " 5",
            "5 ",
            "5.",
            ".5",
            "+5",
            "05",
            "0x10",
            "",
            "five");

    private static final int NUMBERS = 6;

    private static DuckDbTables tables;
    private static Asking asking;

    @BeforeAll
    static void load() throws SQLException {
        tables = new DuckDbTables();
        tables.create(MODEL.table("rows"));
        tables.insert(
                "rows",
                List.of(
                        row("high", 1.7e308, null),
                        row("high", 1.7e308, null),
                        row("low", -1.7e308, null),
                        row("low", -1.7e308, null),
                        row("one", 1.0, null),
                        row("none", null, null)));
        tables.create(MODEL.table("texts"));
        tables.insert(
                "texts",
                TEXTS.stream()
                        .map(text -> row(text, null, "{\"p\":\"" + text + "\"}"))
                        .toList());
        asking = new Asking(tables, "rows", MODEL);
    }

    private static Map<String, @Nullable Object> row(String key, @Nullable Double x, @Nullable String properties) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("k", key);
        row.put("x", x);
        row.put("properties", properties);
        row.put("__time", Instant.EPOCH);
        return row;
    }

    @AfterAll
    static void close() throws SQLException {
        tables.close();
    }

    private static List<@Nullable Object> keys(List<List<@Nullable Object>> rows) {
        return rows.stream().<@Nullable Object>map(List::getFirst).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'agg': 'sum', 'field': 'x', 'as': 's'}",
                "{'agg': 'avg', 'field': 'x', 'as': 's'}",
                "{'agg': 'sum', 'expr': 'x * 1', 'as': 's'}",
                "{'agg': 'ratio', 'of': [{'agg': 'sum', 'field': 'x'}, {'agg': 'count'}], 'as': 's'}"
            })
    void whatIsShownAsMissingIsSortedPagedAndFoundAsMissing(String measure) {
        String query = "'dimensions': ['k'], 'measures': [%s]".formatted(measure);

        assertThat(asking.rows("{%s, 'order': [{'by': 's', 'dir': 'desc'}]}".formatted(query)))
                .isEqualTo(List.of(
                        List.of("one", 1.0),
                        Arrays.asList("high", null),
                        Arrays.asList("low", null),
                        Arrays.asList("none", null)));
        assertThat(keys(asking.allPages("{%s, 'order': [{'by': 's', 'dir': 'desc'}]}".formatted(query), 1)))
                .containsExactly("one", "high", "low", "none");
        assertThat(keys(asking.allPages("{%s, 'order': [{'by': 's', 'nulls': 'first'}]}".formatted(query), 1)))
                .containsExactly("high", "low", "none", "one");
        assertThat(keys(asking.rows("{%s, 'having': {'field': 's', 'op': 'is_null', 'value': true}}".formatted(query))))
                .containsExactly("high", "low", "none");
        assertThat(keys(asking.rows("{%s, 'having': {'field': 's', 'op': 'gt', 'value': 0}}".formatted(query))))
                .containsExactly("one");
        assertThat(keys(asking.rows("{%s, 'others': {'by': 's', 'limit': 1}}".formatted(query))))
                .containsExactly("one", null);
    }

    @Test
    void totalsAndFormulasAreMissingThere() {
        String query = """
                {'dimensions': ['k'], 'filter': {'field': 'k', 'op': 'eq', 'value': 'high'}, 'measures': [
                  {'agg': 'sum', 'field': 'x', 'as': 's'}, {'agg': 'expression', 'expr': 'COALESCE(s, 7)', 'as': 'e'}]}""";

        Asking.Page page = asking.page(query);

        assertThat(page.rows()).isEqualTo(List.of(Arrays.asList("high", null, 7.0)));
        assertThat(page.totals()).isEqualTo(Arrays.asList(null, 7.0));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aQuantileBetweenTheFarthestIsMissingOrADouble(boolean exact) {
        String query = """
                {'measures': [{'agg': 'quantile', 'q': 0.4, 'field': 'x', 'exact': %s}],
                 'filter': {'field': 'k', 'op': 'in', 'value': ['high', 'low']}}""".formatted(exact);

        Object quantile = asking.rows(query).getFirst().getFirst();

        assertThat(quantile == null || Double.isFinite((Double) quantile)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "1e-320", "1e-5"})
    void whatIsBeyondAllBinsIsItsOwn(String width) {
        assertThat(asking.rows("{'dimensions': [{'field': 'x', 'bins': {'width': %s}}], 'measures': [{'agg': 'count'}]}"
                        .formatted(width)))
                .isEqualTo(List.of(
                        List.of(-1.7e308, 2L), List.of(1.0, 1L), List.of(1.7e308, 2L), Arrays.asList(null, 1L)));
    }

    @Test
    void aNumberInATextIsOneOfJson() {
        Asking texts = new Asking(tables, "texts", MODEL);
        List<String> numbers = TEXTS.subList(0, NUMBERS);

        for (String filter : List.of(
                "{'field': 'properties.p', 'op': 'gte', 'value': -1e308}",
                "{'not': {'field': 'properties.p', 'op': 'lt', 'value': -1e308}}",
                "{'expr': 'properties.p >= -1e308'}",
                "{'expr': 'CAST(properties.p AS double) IS NOT NULL'}")) {
            boolean isComplement = filter.startsWith("{'not'");
            assertThat(keys(texts.rows("{'dimensions': ['k'], 'filter': %s}".formatted(filter))))
                    .as(filter)
                    .containsExactlyInAnyOrderElementsOf(isComplement ? TEXTS : numbers);
        }
        assertThat(texts.rows("{'dimensions': [{'field': 'properties.p', 'type': 'double', 'as': 'd'}]}"))
                .isEqualTo(List.of(
                        List.of(-5.0),
                        List.of(0.0),
                        List.of(0.5),
                        List.of(1.5),
                        List.of(5.0),
                        List.of(2000.0),
                        Arrays.asList((Object) null)));
        assertThat(texts.rows("{'dimensions': [{'expr': 'CAST(properties.p AS long)', 'as': 'd'}]}"))
                .isEqualTo(List.of(List.of(-5L), List.of(0L), List.of(5L), Arrays.asList((Object) null)));
    }
}
