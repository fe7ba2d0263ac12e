package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A day of Wikipedia edits: what the compiled queries say, against loops over the lines of the file. */
class WikipediaOracleIT {

    static final DatasetModel MODEL = ModelReader.read(Bodies.json("""
            {'entity': 'user', 'dimensions': [
               {'name': 'channel', 'type': 'string'}, {'name': 'cityName', 'type': 'string'},
               {'name': 'countryName', 'type': 'string'}, {'name': 'regionName', 'type': 'string'},
               {'name': 'page', 'type': 'string'}, {'name': 'namespace', 'type': 'string'},
               {'name': 'isRobot', 'type': 'boolean'}, {'name': 'metroCode', 'type': 'long'},
               {'name': 'added', 'type': 'long'}, {'name': 'delta', 'type': 'long'}, {'name': 'deleted', 'type': 'double'}],
             'measures': [{'name': 'bot_share', 'agg': 'ratio', 'of': [
               {'agg': 'count', 'filter': {'field': 'isRobot', 'op': 'eq', 'value': true}}, {'agg': 'count'}]}],
             'segments': [{'name': 'people', 'filter': {'field': 'isRobot', 'op': 'eq', 'value': false}}]}"""), "");

    private static final List<JsonNode> LINES = new ArrayList<>();
    private static @Nullable DuckDbTables tables;
    private static @Nullable Asking asking;

    @BeforeAll
    static void load() throws IOException, SQLException, URISyntaxException {
        URL file = Objects.requireNonNull(
                WikipediaOracleIT.class.getResource("/wikipedia/wikiticker-2015-09-12-sampled.json.gz"));
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file.openStream()), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                LINES.add(Json.tree(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        tables = new DuckDbTables();
        tables.create(MODEL.table("edits"));
        tables.execute("""
                INSERT INTO edits (__time, event_id, "user", channel, cityName, countryName, regionName, page, namespace,
                    isRobot, metroCode, added, delta, deleted, properties)
                SELECT time, 'e' || row_number() OVER (), "user", channel, cityName, countryName, regionName, page, namespace,
                    isRobot, metroCode, added, delta, deleted,
                    json_object('isNew', isNew, 'regionIsoCode', regionIsoCode, 'comment', comment)
                FROM read_json('%s', columns = {time: 'TIMESTAMP', "user": 'VARCHAR', channel: 'VARCHAR',
                    cityName: 'VARCHAR', countryName: 'VARCHAR', regionName: 'VARCHAR', page: 'VARCHAR', namespace: 'VARCHAR',
                    isRobot: 'BOOLEAN', metroCode: 'BIGINT', added: 'BIGINT', delta: 'BIGINT', deleted: 'DOUBLE',
                    isNew: 'BOOLEAN', regionIsoCode: 'VARCHAR', comment: 'VARCHAR'})""".formatted(Path.of(file.toURI())));
        asking = new Asking(tables, "edits", MODEL);
    }

    @AfterAll
    static void close() throws SQLException {
        if (tables != null) {
            tables.close();
        }
    }

    private static Asking ask() {
        return Objects.requireNonNull(asking);
    }

    private static @Nullable String text(JsonNode line, String field) {
        JsonNode value = line.path(field);
        return value.isNull() ? null : value.asText();
    }

    private static Instant time(JsonNode line) {
        return Instant.parse(line.path("time").asText());
    }

    private static long sum(Collection<JsonNode> lines, String field) {
        long sum = 0;
        for (JsonNode line : lines) {
            sum += line.path(field).asLong();
        }
        return sum;
    }

    private static <K> Map<K, List<JsonNode>> groups(Function<JsonNode, K> key) {
        return LINES.stream().collect(Collectors.groupingBy(key));
    }

    /** By code point, as UTF-8 sorts; null last. */
    private static final Comparator<@Nullable Object> BY_CODE_POINT =
            Comparator.nullsLast((one, other) -> Arrays.compareUnsigned(
                    one.toString().getBytes(StandardCharsets.UTF_8),
                    other.toString().getBytes(StandardCharsets.UTF_8)));

    @Test
    void totals() {
        assertThat(ask().rows("""
                {'measures': [{'agg': 'count'}, {'agg': 'sum', 'field': 'added'}, {'agg': 'sum', 'field': 'delta'},
                  {'agg': 'sum', 'field': 'deleted'}, {'agg': 'min', 'field': 'delta'}, {'agg': 'max', 'field': 'time'},
                  {'agg': 'avg', 'field': 'added'}, {'agg': 'min', 'field': 'page'}]}"""))
                .containsExactly(List.of(
                        39_244L,
                        BigInteger.valueOf(sum(LINES, "added")),
                        BigInteger.valueOf(sum(LINES, "delta")),
                        (double) sum(LINES, "deleted"),
                        LINES.stream()
                                .mapToLong(line -> line.path("delta").asLong())
                                .min()
                                .orElseThrow(),
                        LINES.stream()
                                .map(WikipediaOracleIT::time)
                                .max(Comparator.naturalOrder())
                                .orElseThrow(),
                        (double) sum(LINES, "added") / 39_244,
                        LINES.stream()
                                .map(line -> line.path("page").asText())
                                .min(BY_CODE_POINT)
                                .orElseThrow()));
    }

    @Test
    void editsByChannel() {
        List<List<Object>> expected = groups(line -> line.path("channel").asText()).entrySet().stream()
                .map(group ->
                        List.<Object>of(group.getKey(), (long) group.getValue().size()))
                .sorted(Comparator.<List<Object>>comparingLong(row -> -(long) row.get(1))
                        .thenComparing(row -> row.get(0), BY_CODE_POINT))
                .limit(10)
                .toList();

        Asking.Page page = ask().page("""
                {'dimensions': ['channel'], 'measures': [{'agg': 'count'}], 'order': [{'by': 'count', 'dir': 'desc'}],
                 'limit': 10}""");

        assertThat(page.rows()).isEqualTo(expected);
        assertThat(page.totals()).containsExactly(39_244L);
        assertThat(page.rows().getFirst()).containsExactly("#en.wikipedia", 11_549L);
    }

    @Test
    void editsByCountryAndRegion() {
        Map<List<@Nullable String>, List<JsonNode>> groups =
                groups(line -> Arrays.asList(text(line, "countryName"), text(line, "regionName")));
        List<List<@Nullable Object>> expected = groups.entrySet().stream()
                .map(group -> Arrays.<@Nullable Object>asList(
                        group.getKey().get(0),
                        group.getKey().get(1),
                        BigInteger.valueOf(sum(group.getValue(), "added"))))
                .sorted(Comparator.<List<@Nullable Object>, @Nullable Object>comparing(row -> row.get(0), BY_CODE_POINT)
                        .thenComparing(row -> row.get(1), BY_CODE_POINT))
                .toList();

        assertThat(ask().rows("""
                {'dimensions': ['countryName', 'regionName'], 'measures': [{'agg': 'sum', 'field': 'added'}], 'limit': 10000}""")).isEqualTo(expected).hasSizeGreaterThan(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"})
    void editsByTheHour(String zone) {
        Map<Instant, Long> expected = LINES.stream()
                .collect(Collectors.groupingBy(
                        line -> time(line)
                                .atZone(ZoneId.of(zone))
                                .truncatedTo(ChronoUnit.HOURS)
                                .toInstant(),
                        TreeMap::new,
                        Collectors.counting()));

        assertThat(ask().rows("""
                {'dimensions': [{'time': 'time', 'grain': '1h', 'tz': '%s'}], 'measures': [{'agg': 'count'}]}""".formatted(zone)))
                .isEqualTo(expected.entrySet().stream()
                        .map(hour -> List.<Object>of(hour.getKey(), hour.getValue()))
                        .toList());
    }

    @Test
    void distinctUsersQuantilesAndRatios() {
        List<JsonNode> bots =
                LINES.stream().filter(line -> line.path("isRobot").asBoolean()).toList();
        List<@Nullable Object> row = ask().rows("""
                {'measures': [{'agg': 'count_distinct', 'field': 'user'}, {'agg': 'count_distinct', 'field': 'metroCode'},
                  {'agg': 'quantile', 'field': 'added', 'q': 0.95}, {'agg': 'quantile', 'field': 'deleted', 'q': 0.999},
                  {'agg': 'quantile', 'field': 'added', 'q': 0.5, 'filter': {'field': 'isRobot', 'op': 'eq', 'value': true}},
                  {'measure': 'bot_share'}, {'agg': 'ratio', 'as': 'by_zero', 'of': [{'agg': 'count'},
                    {'agg': 'count', 'filter': {'field': 'page', 'op': 'eq', 'value': 'no such page'}}]}]}""").getFirst();

        Set<@Nullable String> users = new HashSet<>();
        LINES.forEach(line -> users.add(text(line, "user")));
        Set<@Nullable String> codes = new HashSet<>();
        LINES.forEach(line -> codes.add(text(line, "metroCode")));
        codes.remove(null);
        assertThat(row.subList(0, 2)).containsExactly((long) users.size(), (long) codes.size());
        assertThat((Double) row.get(2)).isCloseTo(quantile(LINES, "added", 0.95), within(1e-9));
        assertThat((Double) row.get(3)).isCloseTo(quantile(LINES, "deleted", 0.999), within(1e-9));
        assertThat((Double) row.get(4)).isCloseTo(quantile(bots, "added", 0.5), within(1e-9));
        assertThat((Double) row.get(5)).isEqualTo(bots.size() / 39_244.0);
        assertThat(row.get(6)).isNull();
    }

    /** Linear interpolation between the closest ranks. Source: Hyndman and Fan (1996), type 7. */
    private static double quantile(List<JsonNode> lines, String field, double q) {
        double[] sorted = lines.stream()
                .mapToDouble(line -> line.path(field).asDouble())
                .sorted()
                .toArray();
        double rank = q * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    @Test
    void sketchesComeClose() {
        List<@Nullable Object> row = ask().rows("""
                {'measures': [{'agg': 'count_distinct', 'field': 'user', 'exact': false},
                  {'agg': 'quantile', 'field': 'added', 'q': 0.95, 'exact': false}]}""").getFirst();

        long users = LINES.stream().map(line -> text(line, "user")).distinct().count();
        assertThat(((Long) row.get(0)).doubleValue()).isBetween(users * 0.9, users * 1.1);
        assertThat((Double) row.get(1)).isBetween(quantile(LINES, "added", 0.94), quantile(LINES, "added", 0.96));
    }

    private static Predicate<JsonNode> has(String field, Predicate<String> test) {
        return line -> {
            String value = text(line, field);
            return value != null && test.test(value);
        };
    }

    static Stream<Arguments> filters() {
        Predicate<JsonNode> germany = has("countryName", "Germany"::equals);
        Predicate<JsonNode> two = has("countryName", Set.of("Germany", "France")::contains);
        Predicate<JsonNode> bot = line -> line.path("isRobot").asBoolean();
        Instant noon = Instant.parse("2015-09-12T12:00:00Z");
        return Stream.of(
                Arguments.of("{'field':'countryName','op':'eq','value':'Germany'}", germany),
                Arguments.of("{'field':'countryName','op':'ne','value':'Germany'}", germany.negate()),
                Arguments.of("{'field':'countryName','op':'in','value':['Germany','France']}", two),
                Arguments.of("{'field':'countryName','op':'nin','value':['Germany','France']}", two.negate()),
                Arguments.of("{'not':{'field':'countryName','op':'eq','value':'Germany'}}", germany.negate()),
                Arguments.of("{'not':{'field':'countryName','op':'ne','value':'Germany'}}", germany),
                Arguments.of("{'field':'added','op':'gt','value':100}", has("added", v -> Long.parseLong(v) > 100)),
                Arguments.of("{'field':'added','op':'gte','value':100}", has("added", v -> Long.parseLong(v) >= 100)),
                Arguments.of("{'field':'delta','op':'lt','value':-5}", has("delta", v -> Long.parseLong(v) < -5)),
                Arguments.of(
                        "{'field':'metroCode','op':'lte','value':600}",
                        has("metroCode", v -> Long.parseLong(v) <= 600)),
                Arguments.of(
                        "{'not':{'field':'metroCode','op':'lte','value':600}}",
                        has("metroCode", v -> Long.parseLong(v) <= 600).negate()),
                Arguments.of(
                        "{'field':'deleted','op':'between','value':[10,20]}",
                        has("deleted", v -> Long.parseLong(v) >= 10 && Long.parseLong(v) <= 20)),
                Arguments.of("{'field':'page','op':'contains','value':'ö'}", has("page", v -> v.contains("ö"))),
                Arguments.of(
                        "{'field':'page','op':'starts_with','value':'Talk:'}", has("page", v -> v.startsWith("Talk:"))),
                Arguments.of(
                        "{'field':'page','op':'regex','value':'^[A-Z][0-9]+|war$'}",
                        has("page", v -> v.matches("(?s)[A-Z][0-9]+.*|.*war"))),
                Arguments.of(
                        "{'field':'cityName','op':'is_null'}",
                        has("cityName", _ -> true).negate()),
                Arguments.of("{'field':'cityName','op':'is_null','value':false}", has("cityName", _ -> true)),
                Arguments.of("{'field':'cityName','op':'exists'}", has("cityName", _ -> true)),
                Arguments.of(
                        "{'field':'cityName','op':'exists','value':false}",
                        has("cityName", _ -> true).negate()),
                Arguments.of("{'segment':'people'}", bot.negate()),
                Arguments.of("{'field':'time','op':'gte','value':'2015-09-12T12:00:00Z'}", (Predicate<JsonNode>)
                        line -> !time(line).isBefore(noon)),
                Arguments.of("{'field':'properties.isNew','op':'eq','value':true}", has("isNew", "true"::equals)),
                Arguments.of(
                        "{'field':'properties.regionIsoCode','op':'gt','value':40}",
                        has("regionIsoCode", v -> v.matches("[0-9]+") && Integer.parseInt(v) > 40)),
                Arguments.of(
                        "{'field':'properties.comment','op':'contains','value':'\\u0027'}",
                        has("comment", v -> v.contains("'"))),
                Arguments.of(
                        "{'or':[{'and':[{'segment':'people'},{'field':'countryName','op':'ne','value':'Germany'}]},"
                                + "{'not':{'or':[{'segment':'people'},{'field':'added','op':'gt','value':0}]}}]}",
                        bot.negate().and(germany.negate()).or(bot.and(has("added", v -> Long.parseLong(v) <= 0)))));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filtersWithEveryOperator(String filter, Predicate<JsonNode> oracle) {
        long expected = LINES.stream().filter(oracle).count();

        assertThat(ask().rows("{'measures':[{'agg':'count'}],'filter':%s}".formatted(filter)))
                .containsExactly(List.of(expected));
        assertThat(expected).isBetween(1L, 39_243L);
    }

    @Test
    void looksOnlyAtTheRange() {
        Instant from = Instant.parse("2015-09-12T08:00:00Z");
        Instant to = LINES.stream()
                .map(WikipediaOracleIT::time)
                .filter(from::isBefore)
                .findFirst()
                .orElseThrow();
        long expected = LINES.stream()
                .filter(line -> !time(line).isBefore(from) && time(line).isBefore(to))
                .count();

        assertThat(ask().rows("{'measures':[{'agg':'count'}],'time_range':{'from':'%s','to':'%s'}}"
                        .formatted(from, to)))
                .containsExactly(List.of(expected));
    }

    @Test
    void showsOnlyWhatHavingSays() {
        List<List<Object>> expected = groups(line -> line.path("channel").asText()).entrySet().stream()
                .map(group ->
                        List.<Object>of(group.getKey(), (long) group.getValue().size()))
                .filter(row -> (long) row.get(1) > 100 && !row.get(0).equals("#vi.wikipedia"))
                .sorted(Comparator.comparing(row -> row.get(0), BY_CODE_POINT))
                .toList();

        Asking.Page page = ask().page("""
                {'dimensions': ['channel'], 'measures': [{'agg': 'count', 'as': 'edits'}],
                 'having': {'and': [{'field': 'edits', 'op': 'gt', 'value': 100},
                                    {'field': 'channel', 'op': 'ne', 'value': '#vi.wikipedia'}]}}""");

        assertThat(page.rows()).isEqualTo(expected).hasSizeGreaterThan(5);
        assertThat(page.totals()).containsExactly(39_244L);
    }

    @Test
    void distinctCombinationsWithoutMeasures() {
        assertThat(ask().rows("{'dimensions': ['namespace', 'isRobot'], 'limit': 10000}"))
                .hasSize(groups(line -> List.of(text(line, "namespace") + "", text(line, "isRobot") + ""))
                        .size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{'by':'cityName'}",
                "{'by':'cityName','nulls':'first'}",
                "{'by':'cityName','dir':'desc'}",
                "{'by':'countryName','dir':'desc','nulls':'first'},{'by':'cityName','nulls':'first'}",
                "{'by':'count','dir':'desc'}",
                "{'by':'code','nulls':'first'},{'by':'regionName','dir':'desc'}",
                "{'by':'code','dir':'desc'},{'by':'share'}",
                "{'by':'share','dir':'desc'},{'by':'count'}"
            })
    void pagesOfSevenAreTheWhole(String order) {
        String body = """
                {'dimensions': ['countryName', 'regionName', 'cityName'],
                 'measures': [{'agg': 'count'}, {'agg': 'min', 'field': 'metroCode', 'as': 'code'},
                   {'agg': 'ratio', 'as': 'share', 'of': [{'agg': 'count'}, {'agg': 'sum', 'field': 'deleted'}]}],
                 'filter': {'field': 'countryName', 'op': 'starts_with', 'value': 'U'},
                 'order': [%s]}""".formatted(order);
        List<List<@Nullable Object>> whole = ask().rows(body.substring(0, body.lastIndexOf('}')) + ", 'limit': 10000}");

        assertThat(ask().allPages(body, 7)).isEqualTo(whole).hasSizeGreaterThan(300);
    }
}
