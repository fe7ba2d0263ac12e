package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The period that a query compares with, and when its events would have been, had they been in the range. */
final class Comparison {

    private final JsonNode compare;
    private final List<JsonNode> buckets;
    private final Period range;

    private Comparison(JsonNode query, Period range) {
        this.compare = query.get("compare");
        this.buckets = Oracle.list(query.path("dimensions")).stream()
                .filter(dimension -> dimension.has("time"))
                .toList();
        this.range = range;
    }

    /** Null where nothing is compared. */
    static @Nullable Comparison of(JsonNode query) {
        return query.has("compare")
                ? new Comparison(query, Objects.requireNonNull(Period.of(query.path("time_range"))))
                : null;
    }

    private ZoneId zone() {
        return buckets.isEmpty() ? ZoneOffset.UTC : Buckets.zone(buckets.getFirst());
    }

    Period earlier() {
        if (compare.has("from")) {
            return Objects.requireNonNull(Period.of(compare));
        }
        Span offset = Span.parse(compare.get("offset").textValue());
        Instant from = offset.before(range.from(), zone());
        Instant to = offset.before(range.to(), zone());
        return new Period(from, to.isAfter(from) ? to : from.plus(Duration.between(range.from(), range.to())));
    }

    /** By the clock of the bucket's zone. */
    Instant moved(Instant time, ZoneId zone) {
        if (compare.has("from")) {
            return byClock(time, zone, this::laidOver);
        }
        Span offset = Span.parse(compare.get("offset").textValue());
        Instant moved = offset.isElapsed()
                ? time.plusSeconds(offset.seconds())
                : byClock(time, zone, local -> later(local, offset));
        return moved.isBefore(range.from()) ? range.from() : moved.isBefore(range.to()) ? moved : range.last();
    }

    private static LocalDateTime later(LocalDateTime local, Span offset) {
        return offset.months() > 0 ? local.plusMonths(offset.months()) : local.plusSeconds(offset.seconds());
    }

    /** Beginning on beginning; months on months where buckets are of them. */
    private LocalDateTime laidOver(LocalDateTime local) {
        LocalDateTime from = LocalDateTime.ofInstant(earlier().from(), zone());
        LocalDateTime to = LocalDateTime.ofInstant(range.from(), zone());
        boolean inMonths = buckets.stream()
                .anyMatch(bucket -> Span.parse(bucket.get("grain").textValue()).months() > 0);
        return inMonths
                ? local.plusMonths(ChronoUnit.MONTHS.between(
                        from.toLocalDate().withDayOfMonth(1), to.toLocalDate().withDayOfMonth(1)))
                : local.plus(Duration.between(from, to));
    }

    private interface Move {
        LocalDateTime apply(LocalDateTime local);
    }

    /** Of an hour that comes twice, the second. */
    private static Instant byClock(Instant time, ZoneId zone, Move move) {
        return move.apply(LocalDateTime.ofInstant(time, zone))
                .atZone(zone)
                .withLaterOffsetAtOverlap()
                .toInstant();
    }
}
