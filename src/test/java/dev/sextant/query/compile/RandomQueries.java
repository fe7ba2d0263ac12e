package dev.sextant.query.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes queries of the events of {@link DialectsIT}, the same ones of the same seed. */
final class RandomQueries {

    private static final List<String> DIMENSIONS = List.of(
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
            "{'expr': 'LOWER(country)', 'as': 'low'}");

    private static final List<String> MEASURES = List.of(
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
            "{'agg': 'avg', 'field': 'big', 'as': 'b', 'filter': {'field': 'n', 'op': 'gt', 'value': 10}}");

    private static final List<String> FILTERS = List.of(
            "{'field': 'country', 'op': 'in', 'value': ['DE', 'FR', 'Ünï']}",
                    "{'field': 'country', 'op': 'gt', 'value': 'E'}",
            "{'field': 'country', 'op': 'regex', 'value': '^[A-Z]'}", "{'field': 'city', 'op': 'ne', 'value': 'Bonn'}",
            "{'field': 'city', 'op': 'is_null', 'value': false}", "{'field': 'flag', 'op': 'eq', 'value': false}",
            "{'field': 'n', 'op': 'between', 'value': [-500, 500]}", "{'field': 'x', 'op': 'lt', 'value': 1}",
            "{'field': 'big', 'op': 'nin', 'value': [0, -1]}", "{'field': 'properties.p', 'op': 'gt', 'value': 4}",
            "{'field': 'properties.p', 'op': 'contains', 'value': 'e'}", "{'expr': 'n > x OR flag'}",
            "{'field': 'seen', 'op': 'gte', 'value': '2015-03-01T00:00:00Z'}", "{'segment': 'german'}");

    private static final List<String> RANGES = List.of(
            "'2015-09-10T05:00:00Z', 'to': '2015-09-14T00:00:00Z'",
            "'2015-03-27T00:00:00Z', 'to': '2015-04-08T00:00:00Z'",
            "'2015-10-24T22:00:00Z', 'to': '2015-11-03T12:34:56Z'");

    private final Random random;

    RandomQueries(long seed) {
        this.random = new Random(seed);
    }

    List<String> next(int count) {
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queries.add(next());
        }
        return queries;
    }

    private String next() {
        List<String> dimensions = some(DIMENSIONS, random.nextInt(4));
        List<String> measures = some(MEASURES, 1 + random.nextInt(4));
        List<String> members = new ArrayList<>();
        members.add("'dimensions': " + dimensions);
        members.add("'measures': " + measures);
        if (random.nextBoolean()) {
            members.add("'filter': " + filter(2));
        }
        boolean isRanged = random.nextInt(3) > 0 || dimensions.toString().contains("'tz'");
        if (isRanged) {
            members.add("'time_range': {'from': " + some(RANGES, 1).getFirst() + "}");
        }
        boolean hasBucket = dimensions.toString().contains("'time'");
        switch (random.nextInt(isRanged ? 6 : 2)) {
            case 0 -> members.add("'totals': true");
            case 1 -> shape(members, dimensions);
            case 4 -> {
                if (random.nextBoolean() && dimensions.contains("'country'")) {
                    members.add("'compare': {'offset': '" + (random.nextBoolean() ? "6h" : "1mo") + "'}");
                }
                others(members, dimensions, measures.getFirst());
            }
            case 2 ->
                members.add("'compare': {'offset': '"
                        + List.of("1d", "1w", "1mo", "6h").get(random.nextInt(4)) + "'}");
            case 3 -> {
                if (hasBucket) {
                    members.add("'fill': true");
                }
            }
            default -> {}
        }
        members.add("'limit': " + (random.nextBoolean() ? 1_000 : 5));
        return members.toString().replaceAll("^\\[", "{").replaceAll("]$", "}");
    }

    private void shape(List<String> members, List<String> dimensions) {
        if (dimensions.size() > 1 && random.nextBoolean()) {
            members.add("'grouping': {'type': '" + (random.nextBoolean() ? "rollup" : "cube") + "'}");
        }
    }

    private static void others(List<String> members, List<String> dimensions, String measure) {
        Matcher as = Pattern.compile("'(?:as|measure)': '([a-z]+)'").matcher(measure);
        if (dimensions.contains("'country'")) {
            members.add("'others': {'dimension': 'country', 'by': '%s', 'limit': 3}"
                    .formatted(as.find() ? as.group(1) : "count"));
        }
    }

    private String filter(int depth) {
        if (depth == 0 || random.nextInt(3) > 0) {
            return some(FILTERS, 1).getFirst();
        }
        return switch (random.nextInt(3)) {
            case 0 -> "{'not': " + filter(depth - 1) + "}";
            case 1 -> "{'and': [" + filter(depth - 1) + ", " + filter(depth - 1) + "]}";
            default -> "{'or': [" + filter(depth - 1) + ", " + filter(depth - 1) + "]}";
        };
    }

    private List<String> some(List<String> all, int count) {
        List<String> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, count);
    }
}
