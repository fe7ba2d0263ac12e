package dev.sextant.query.split;

import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Grain.Unit;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds instants at which a bucket of time begins, a number of buckets apart, so that no bucket lies on both sides of one.
 * They are counted from 1970, so that ranges that overlap share them. Near a change of clocks there are none: there,
 * buckets are not what the calendar says. Pure.
 */
final class Borders {

    private static final Duration CLOCKS_SETTLE = Duration.ofDays(2);

    /** What zones were like before is told differently by different sources. */
    private static final Instant ZONES_KNOWN_SINCE = Instant.parse("1972-01-01T00:00:00Z");

    private final TimeBucket bucket;
    private final int count;
    private final ZoneRules rules;
    private final boolean isUtc;

    /** @param count how many buckets lie between two borders */
    Borders(TimeBucket bucket, int count) {
        this.bucket = bucket;
        this.count = count;
        this.rules = bucket.zone().getRules();
        this.isUtc = bucket.zone().equals(ZoneOffset.UTC);
    }

    /** All borders after {@code from} and before {@code to}, ascending; empty where there are more than {@code max}. */
    Optional<List<Instant>> between(Instant from, Instant to, int max) {
        List<Instant> borders = new ArrayList<>();
        LocalDateTime mark = lastMark(local(from));
        int tried = 0;
        while (true) {
            mark = next(mark);
            Instant border = mark.toInstant(rules.getOffset(mark));
            if (!border.isBefore(to)) {
                return Optional.of(borders);
            }
            if (++tried > max) {
                return Optional.empty();
            }
            if (border.isAfter(from) && isPlain(border)) {
                borders.add(border);
            }
        }
    }

    private LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, bucket.zone());
    }

    /** Whether clocks run evenly around the instant. */
    private boolean isPlain(Instant border) {
        if (isUtc) {
            return true;
        }
        Duration grain = bucket.grain().atLeast();
        Duration margin = isShort() && grain.compareTo(CLOCKS_SETTLE) > 0 ? grain : CLOCKS_SETTLE;
        ZoneOffsetTransition next = rules.nextTransition(border.minus(margin));
        return !border.isBefore(ZONES_KNOWN_SINCE)
                && (next == null || next.getInstant().isAfter(border.plus(margin)));
    }

    /** Such buckets are counted in time that has passed, and not by what the clock shows. */
    private boolean isShort() {
        Unit unit = bucket.grain().unit();
        return unit == Unit.SECOND || unit == Unit.MINUTE || unit == Unit.HOUR;
    }

    private LocalDateTime lastMark(LocalDateTime local) {
        Grain grain = bucket.grain();
        return switch (grain.unit()) {
            case SECOND, MINUTE, HOUR -> {
                long width = grain.atLeast().toSeconds() * count;
                long seconds = local.toEpochSecond(ZoneOffset.UTC);
                yield LocalDateTime.ofEpochSecond(Math.floorDiv(seconds, width) * width, 0, ZoneOffset.UTC);
            }
            case DAY, WEEK -> {
                long width = grain.atLeast().toDays() * count;
                long origin = origin().toEpochDay();
                long days = local.toLocalDate().toEpochDay() - origin;
                yield LocalDate.ofEpochDay(origin + Math.floorDiv(days, width) * width)
                        .atStartOfDay();
            }
            case MONTH, QUARTER, YEAR -> {
                long width = (long) grain.amount() * grain.unit().months() * count;
                long months = local.getYear() * 12L + local.getMonthValue() - 1 - 1970 * 12L;
                yield LocalDate.EPOCH
                        .plusMonths(Math.floorDiv(months, width) * width)
                        .atStartOfDay();
            }
        };
    }

    private LocalDate origin() {
        DayOfWeek start = bucket.weekStart();
        return bucket.grain().unit() == Unit.WEEK
                ? LocalDate.EPOCH.with(TemporalAdjusters.previousOrSame(start))
                : LocalDate.EPOCH;
    }

    private LocalDateTime next(LocalDateTime mark) {
        Grain grain = bucket.grain();
        return switch (grain.unit()) {
            case SECOND, MINUTE, HOUR -> mark.plusSeconds(grain.atLeast().toSeconds() * count);
            case DAY, WEEK -> mark.plusDays(grain.atLeast().toDays() * count);
            case MONTH, QUARTER, YEAR ->
                mark.plusMonths((long) grain.amount() * grain.unit().months() * count);
        };
    }
}
