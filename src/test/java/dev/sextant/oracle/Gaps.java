package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys of the buckets of time that nothing fell into, for all combinations of the others. */
final class Gaps {

    private final List<JsonNode> dimensions;
    private final Period range;

    Gaps(JsonNode query) {
        this.dimensions = Oracle.list(query.get("dimensions"));
        this.range = Objects.requireNonNull(Period.of(query.path("time_range")));
    }

    List<List<@Nullable Object>> between(Collection<List<@Nullable Object>> there) {
        int place = place();
        Set<List<@Nullable Object>> combinations = new LinkedHashSet<>();
        for (List<@Nullable Object> key : there) {
            List<@Nullable Object> others = new ArrayList<>(key);
            others.remove(place);
            combinations.add(others);
        }
        if (dimensions.size() == 1 && combinations.isEmpty()) {
            combinations.add(List.of());
        }
        Set<List<@Nullable Object>> known = new HashSet<>(there);
        List<List<@Nullable Object>> gaps = new ArrayList<>();
        for (Instant start : starts(dimensions.get(place))) {
            for (List<@Nullable Object> others : combinations) {
                List<@Nullable Object> key = new ArrayList<>(others);
                key.add(place, start);
                if (known.add(key)) {
                    gaps.add(key);
                }
            }
        }
        return gaps;
    }

    private int place() {
        return dimensions.stream()
                .map(dimension -> dimension.has("time"))
                .toList()
                .indexOf(true);
    }

    /** Of all buckets that the range touches. */
    private Set<Instant> starts(JsonNode dimension) {
        Buckets buckets = new Buckets(dimension);
        Span grain = Span.parse(dimension.get("grain").textValue());
        long stepMillis = Math.min(grain.seconds() * 250, grain.isElapsed() ? 60_000 : Long.MAX_VALUE);
        Set<Instant> starts = new TreeSet<>();
        for (Instant at = range.from(); range.has(at); at = at.plusMillis(stepMillis)) {
            starts.add(buckets.start(at));
        }
        starts.add(buckets.start(range.last()));
        return starts;
    }
}
