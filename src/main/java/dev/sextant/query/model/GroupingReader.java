package dev.sextant.query.model;

import dev.sextant.kernel.Problem.Unprocessable.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads which subtotals are wanted: whichever way it is said, it comes to a list of levels. */
final class GroupingReader {

    static final int LEVELS_MAX = 64;

    private static final Set<String> MEMBERS = Set.of("type", "sets");

    private final List<String> dimensions;

    GroupingReader(List<Dimension> dimensions) {
        this.dimensions = dimensions.stream().map(Dimension::as).toList();
    }

    @Nullable
    Grouping read(Place place) {
        if (place.isAbsent() || !place.isObjectOf(MEMBERS)) {
            return null;
        }
        if (dimensions.isEmpty()) {
            place.refuse("needs dimensions");
            return null;
        }
        String type = place.requiredText("type");
        if (place.has("sets") && !"sets".equals(type)) {
            place.member("sets").refuse("belongs to the type sets");
        }
        return switch (type) {
            case null -> null;
            case "rollup" ->
                grouping(IntStream.range(1, dimensions.size())
                        .mapToObj(length -> dimensions.subList(0, length))
                        .toList());
            case "cube" -> cube(place);
            case "sets" -> sets(place.member("sets"));
            default -> {
                place.member("type").refuse("must be rollup, cube or sets");
                yield null;
            }
        };
    }

    private @Nullable Grouping cube(Place place) {
        if (1L << dimensions.size() > LEVELS_MAX) {
            place.refuse(
                    "A cube has all combinations of its dimensions, and at most %d are allowed: name those you need in sets"
                            .formatted(LEVELS_MAX));
            return null;
        }
        return grouping(IntStream.range(1, 1 << dimensions.size())
                .mapToObj(bits -> IntStream.range(0, dimensions.size())
                        .filter(i -> (bits >> i & 1) == 1)
                        .mapToObj(dimensions::get)
                        .toList())
                .toList());
    }

    private @Nullable Grouping sets(Place place) {
        if (place.isAbsent()) {
            place.refuse("is missing: name the dimensions of each level");
            return null;
        }
        List<List<String>> levels = new ArrayList<>();
        for (Place set : place.elements(LEVELS_MAX)) {
            List<String> level = new ArrayList<>();
            for (Place name : set.elements(dimensions.size())) {
                String text = name.text();
                if (text != null && !dimensions.contains(text)) {
                    name.refuse(Reason.UNKNOWN_FIELD, Names.unknownOf("Dimension", text, dimensions));
                } else if (text != null) {
                    level.add(text);
                }
            }
            levels.add(level);
        }
        return grouping(levels);
    }

    /** All dimensions are the rows, and none the totals: neither is a level. */
    private Grouping grouping(List<List<String>> levels) {
        return new Grouping(levels.stream()
                .map(level -> dimensions.stream().filter(level::contains).toList())
                .filter(level -> !level.isEmpty() && level.size() < dimensions.size())
                .distinct()
                .sorted(Comparator.<List<String>>comparingInt(level -> -level.size())
                        .thenComparing(this::places))
                .toList());
    }

    /** Sorts levels of one length by the places of their dimensions. */
    private String places(List<String> level) {
        StringBuilder places = new StringBuilder();
        level.forEach(name -> places.append((char) ('a' + dimensions.indexOf(name))));
        return places.toString();
    }
}
