package dev.sextant.query.compile;

import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Events that engines are apt to read each in its own way: odd texts, numbers at the ends, days on which clocks change. */
final class OddEvents {

    static final DatasetModel MODEL = ModelReader.read(Bodies.json("""
            {'time': 'time', 'entity': 'user',
             'dimensions': [
               {'name': 'country', 'type': 'string'}, {'name': 'city', 'type': 'string'}, {'name': 'user', 'type': 'string'},
               {'name': 'n', 'type': 'long'}, {'name': 'big', 'type': 'long'}, {'name': 'x', 'type': 'double'},
               {'name': 'flag', 'type': 'boolean'}, {'name': 'seen', 'type': 'timestamp'}, {'name': 'doc', 'type': 'json'}],
             'measures': [{'name': 'flagged', 'agg': 'ratio', 'of': [
               {'agg': 'count', 'filter': {'field': 'flag', 'op': 'eq', 'value': true}}, {'agg': 'count'}]}],
             'segments': [{'name': 'german', 'filter': {'field': 'country', 'op': 'regex', 'value': '^D'}}]}"""), "");

    /** What random queries of them are made of. */
    static final RandomQueries.Words WORDS = new RandomQueries.Words(
            List.of(
                    "'country'",
                    "'city'",
                    "'flag'",
                    "'source'",
                    "'x'",
                    "'properties.p'",
                    "'properties.k'",
                    "'big'",
                    "{'time': 'time', 'grain': '1d'}",
                    "{'time': 'time', 'grain': '6h', 'tz': 'Europe/Berlin', 'as': 'six'}",
                    "{'time': 'time', 'grain': '1w', 'tz': 'America/Havana', 'as': 'week'}",
                    "{'field': 'n', 'bins': {'width': 250}}",
                    "{'expr': 'n > 0', 'as': 'up'}",
                    "{'expr': 'LOWER(country)', 'as': 'low'}"),
            List.of(
                    "{'agg': 'count'}",
                    "{'agg': 'sum', 'field': 'n', 'as': 's'}",
                    "{'agg': 'avg', 'field': 'n', 'as': 'a'}",
                    "{'agg': 'max', 'field': 'x', 'as': 'm'}",
                    "{'agg': 'min', 'field': 'seen', 'as': 'first'}",
                    "{'agg': 'count_distinct', 'field': 'user', 'as': 'u'}",
                    "{'agg': 'count_distinct', 'field': 'n', 'as': 'd'}",
                    "{'agg': 'count_distinct', 'field': 'country', 'as': 'c', 'filter': {'field': 'flag', 'op': 'eq', 'value': true}}",
                    "{'measure': 'flagged'}",
                    "{'agg': 'sum', 'expr': 'n * 2 + 1', 'as': 'twice'}",
                    "{'agg': 'avg', 'field': 'big', 'as': 'b', 'filter': {'field': 'n', 'op': 'gt', 'value': 10}}"),
            List.of(
                    "{'field': 'country', 'op': 'in', 'value': ['DE', 'FR', 'Ünï']}",
                            "{'field': 'country', 'op': 'gt', 'value': 'E'}",
                    "{'field': 'country', 'op': 'regex', 'value': '^[A-Z]'}",
                            "{'field': 'city', 'op': 'ne', 'value': 'Bonn'}",
                    "{'field': 'city', 'op': 'is_null', 'value': false}",
                            "{'field': 'flag', 'op': 'eq', 'value': false}",
                    "{'field': 'n', 'op': 'between', 'value': [-500, 500]}", "{'field': 'x', 'op': 'lt', 'value': 1}",
                    "{'field': 'big', 'op': 'nin', 'value': [0, -1]}",
                            "{'field': 'properties.p', 'op': 'gt', 'value': 4}",
                    "{'field': 'properties.p', 'op': 'contains', 'value': 'e'}", "{'expr': 'n > x OR flag'}",
                    "{'field': 'seen', 'op': 'gte', 'value': '2015-03-01T00:00:00Z'}", "{'segment': 'german'}"),
            List.of(
                    "'2015-09-10T05:00:00Z', 'to': '2015-09-14T00:00:00Z'",
                    "'2015-03-27T00:00:00Z', 'to': '2015-04-08T00:00:00Z'",
                    "'2015-10-24T22:00:00Z', 'to': '2015-11-03T12:34:56Z'"),
            "country");

    private static final List<@Nullable String> COUNTRIES = Arrays.asList(
            "DE",
            "FR",
            "IT",
            null,
            "",
            "Ünï",
            "\uD83D\uDE00 joy",
            "\uFF01full",
            "d\u00E9",
            "a\nb",
            "Cold war",
            "ΑΣ",
            "İ",
            "it's");
    private static final List<@Nullable String> PROPERTIES = Arrays.asList(
            "5",
            "\"5\"",
            "5.5",
            "\"five\"",
            null,
            "{\"a\":[1,{\"b\":\"c\"}]}",
            "true",
            "false",
            "[1,\"z\"]",
            "\"\"",
            "\"-7\"",
            "\" 8\"",
            "\"1e400\"",
            "\"99999999999999999999\"",
            "9007199254740993",
            "1",
            "0",
            "\"true\"",
            "\"2015-09-12T01:02:03.123456+02:00\"",
            "\"9223372036854775807\"",
            "\"5.0\"");
    private static final List<@Nullable Long> BIG = Arrays.asList(
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            9_007_199_254_740_993L,
            -9_007_199_254_740_993L,
            null,
            0L,
            -1L,
            4_294_967_296L);

    private OddEvents() {}

    /** In the order of their versions. */
    static List<Map<String, @Nullable Object>> rows() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        Random random = new Random(7);
        for (String day : List.of(
                "1969-12-31",
                "2015-02-27",
                "2015-03-29",
                "2015-04-05",
                "2015-09-12",
                "2015-10-25",
                "2015-11-01",
                "2016-01-01")) {
            for (int i = -100; i < 200; i++) {
                rows.add(row(rows.size(), Instant.parse(day + "T00:00:00Z").plusSeconds(607L * i), random));
            }
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(int number, Instant second, Random random) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("__time", second.plusNanos(1_000L * random.nextInt(1_000_000)));
        row.put("__version", number + 1L);
        row.put("event_id", "e%05d".formatted(number));
        row.put("received_at", Instant.parse("2016-02-01T00:00:00Z").plusSeconds(number / 3));
        row.put("source", number % 2 == 0 ? "web" : "app");
        row.put("country", any(COUNTRIES, random));
        row.put("city", any(Arrays.asList("Berlin", "Bonn", "Paris", null), random));
        row.put("user", "u" + random.nextInt(400));
        row.put("n", random.nextInt(9) == 0 ? null : (Object) (random.nextLong(2_001) - 1_000));
        row.put("big", any(BIG, random));
        row.put("x", any(Arrays.asList(0.5, -2.5, 2.675, 1e300, null, 0.0, -1e-300, 123456.789, 0.3), random));
        row.put("flag", any(Arrays.asList(true, false, null), random));
        row.put(
                "seen",
                random.nextInt(5) == 0
                        ? null
                        : (Object)
                                second.minusSeconds(random.nextInt(9_000_000)).plusNanos(5_000));
        String property = any(PROPERTIES, random);
        row.put(
                "properties",
                "{\"p\": %s, \"it's\": {\"a b\": \"q%d\"}, \"k\": %d}".formatted(property, number % 5, number % 3));
        row.put("doc", number % 4 == 0 ? null : "{\"v\": [%d, \"w%d\"]}".formatted(number % 6, number % 3));
        return row;
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
