package dev.sextant.query.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes queries, the same ones of the same seed. */
final class RandomQueries {

    /**
     * What they are made of, each as a query says it.
     *
     * @param ranges of time, from the {@code from} on
     * @param top the dimension of which the others are put together
     */
    record Words(
            List<String> dimensions, List<String> measures, List<String> filters, List<String> ranges, String top) {}

    private final Words words;
    private final Random random;

    RandomQueries(Words words, long seed) {
        this.words = words;
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
        List<String> dimensions = some(words.dimensions, random.nextInt(4));
        List<String> measures = some(words.measures, 1 + random.nextInt(4));
        List<String> members = new ArrayList<>();
        members.add("'dimensions': " + dimensions);
        members.add("'measures': " + measures);
        if (random.nextBoolean()) {
            members.add("'filter': " + filter(2));
        }
        boolean isRanged = random.nextInt(3) > 0 || dimensions.toString().contains("'tz'");
        if (isRanged) {
            members.add("'time_range': {'from': " + some(words.ranges, 1).getFirst() + "}");
        }
        boolean hasBucket = dimensions.toString().contains("'time'");
        switch (random.nextInt(isRanged ? 6 : 2)) {
            case 0 -> members.add("'totals': true");
            case 1 -> shape(members, dimensions);
            case 4 -> {
                if (random.nextBoolean() && dimensions.contains("'" + words.top + "'")) {
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

    private void others(List<String> members, List<String> dimensions, String measure) {
        Matcher as = Pattern.compile("'(?:as|measure)': '([a-z]+)'").matcher(measure);
        if (dimensions.contains("'" + words.top + "'")) {
            members.add("'others': {'dimension': '%s', 'by': '%s', 'limit': 3}"
                    .formatted(words.top, as.find() ? as.group(1) : "count"));
        }
    }

    private String filter(int depth) {
        if (depth == 0 || random.nextInt(3) > 0) {
            return some(words.filters, 1).getFirst();
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
