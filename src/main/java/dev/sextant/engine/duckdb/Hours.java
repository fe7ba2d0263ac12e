package dev.sextant.engine.duckdb;

import dev.sextant.engine.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Stretches of time that do not touch, in seconds since 1970: from inclusive, to exclusive. */
record Hours(List<Span> spans) {

    /** Beyond this many, all between the first and the last is taken. */
    private static final int SPANS_MAX = 100;

    private static final long HOUR_SECONDS = 3_600;

    record Span(long from, long to) {}

    /** The buckets of this length that lie in the hours, or that the hours lie in. */
    static Hours of(Iterable<Long> hours, long grainSeconds) {
        long step = Math.max(HOUR_SECONDS, grainSeconds);
        TreeSet<Long> starts = new TreeSet<>();
        hours.forEach(hour -> starts.add(Math.floorDiv(hour * HOUR_SECONDS, step) * step));
        List<Span> spans = new ArrayList<>();
        for (long start : starts) {
            Span last = spans.isEmpty() ? null : spans.getLast();
            if (last != null && last.to() == start) {
                spans.set(spans.size() - 1, new Span(last.from(), start + step));
            } else {
                spans.add(new Span(start, start + step));
            }
        }
        return spans.size() <= SPANS_MAX
                ? new Hours(List.copyOf(spans))
                : new Hours(List.of(
                        new Span(spans.getFirst().from(), spans.getLast().to())));
    }

    String condition() {
        return spans.stream()
                .map(span -> "(%1$s >= make_timestamp(%2$d) AND %1$s < make_timestamp(%3$d))"
                        .formatted(Sql.quote(Table.TIME), span.from() * 1_000_000, span.to() * 1_000_000))
                .collect(Collectors.joining(" OR "));
    }
}
