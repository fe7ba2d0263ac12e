package dev.sextant.query.compile;

import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Grain.Unit;
import dev.sextant.query.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells when the buckets of a range begin, as {@link BucketTree} has it, for engines that cannot list them. Pure. */
final class BucketStarts {

    private final TimeBucket bucket;
    private final ZoneRules rules;

    private BucketStarts(TimeBucket bucket) {
        this.bucket = bucket;
        this.rules = bucket.zone().getRules();
    }

    /** Of all that the range touches, ascending. */
    static List<Instant> of(TimeBucket bucket, TimeRange.Between range) {
        BucketStarts starts = new BucketStarts(bucket);
        Duration step = BucketTree.step(bucket);
        Set<Instant> all = new LinkedHashSet<>();
        for (Instant instant = range.from(); instant.isBefore(range.to()); instant = instant.plus(step)) {
            all.add(starts.start(instant));
        }
        all.add(starts.start(range.to().minus(1, ChronoUnit.MICROS)));
        return List.copyOf(all);
    }

    private Instant start(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, bucket.zone());
        LocalDateTime mark = mark(local);
        return BucketTree.isShort(bucket.grain()) ? instant.minus(Duration.between(mark, local)) : first(mark);
    }

    /** When the clock first shows this time; where it leaps over it, the instant of the leap. */
    private Instant first(LocalDateTime mark) {
        ZoneOffsetTransition change = rules.getTransition(mark);
        if (change == null) {
            return mark.toInstant(rules.getOffset(mark));
        }
        return change.isGap() ? change.getInstant() : mark.toInstant(change.getOffsetBefore());
    }

    private LocalDateTime mark(LocalDateTime local) {
        Grain grain = bucket.grain();
        return switch (grain.unit()) {
            case SECOND, MINUTE, HOUR -> {
                long width = grain.atLeast().toSeconds();
                long seconds = local.toEpochSecond(ZoneOffset.UTC);
                yield LocalDateTime.ofEpochSecond(Math.floorDiv(seconds, width) * width, 0, ZoneOffset.UTC);
            }
            case DAY, WEEK -> {
                long width = grain.atLeast().toDays();
                long origin = grain.unit() == Unit.WEEK
                        ? LocalDate.EPOCH
                                .with(TemporalAdjusters.previousOrSame(bucket.weekStart()))
                                .toEpochDay()
                        : 0;
                long days = local.toLocalDate().toEpochDay() - origin;
                yield LocalDate.ofEpochDay(origin + Math.floorDiv(days, width) * width)
                        .atStartOfDay();
            }
            case MONTH, QUARTER, YEAR -> {
                long width = (long) grain.amount() * grain.unit().months();
                long months = ChronoUnit.MONTHS.between(
                        LocalDate.EPOCH, local.toLocalDate().withDayOfMonth(1));
                yield LocalDate.EPOCH
                        .plusMonths(Math.floorDiv(months, width) * width)
                        .atStartOfDay();
            }
        };
    }
}
