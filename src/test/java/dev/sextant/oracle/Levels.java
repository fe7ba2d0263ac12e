package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which subtotals a query wants: each level by the places of the dimensions that it keeps. */
record Levels(JsonNode query, List<String> dimensions) {

    /** The longer first; those of one length as their dimensions stand in the query. */
    List<List<Integer>> all() {
        return asked().filter(level -> !level.isEmpty() && level.size() < dimensions.size())
                .distinct()
                .sorted(Comparator.<List<Integer>>comparingInt(List::size)
                        .reversed()
                        .thenComparing(List::toString))
                .toList();
    }

    private Stream<List<Integer>> asked() {
        JsonNode grouping = query.get("grouping");
        return switch (grouping.get("type").textValue()) {
            case "rollup" -> IntStream.range(1, dimensions.size()).mapToObj(length -> keeping(place -> place < length));
            case "cube" ->
                IntStream.range(0, 1 << dimensions.size()).mapToObj(bits -> keeping(place -> (bits >> place & 1) == 1));
            default ->
                Oracle.list(grouping.get("sets")).stream()
                        .map(set -> keeping(place -> Oracle.list(set).stream()
                                .anyMatch(name -> name.textValue().equals(dimensions.get(place)))));
        };
    }

    private List<Integer> keeping(IntPredicate kept) {
        return IntStream.range(0, dimensions.size()).filter(kept).boxed().toList();
    }
}
