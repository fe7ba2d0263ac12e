package dev.sextant.query.compile;

import dev.sextant.engine.Dialect;
import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Grain.Unit;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.TimestampString;

/**
 * Makes expressions for buckets of time. Each has two parts, the key that rows are grouped by and the name that is made of
 * it for each group, so that zones cost as little as can be.
 *
 * <p>Up to an hour, and in minutes and seconds of any number, a bucket begins where as much time has passed as the local
 * clock shows since the last mark: so the hour that comes twice in autumn makes two buckets. Hours by the number, days and
 * longer begin where the local clock first shows the mark.
 */
final class BucketTree {

    private static final LocalDate EPOCH = LocalDate.EPOCH;
    private static final BigInteger QUARTER_HOUR = BigInteger.valueOf(900);

    private final RelBuilder builder;
    private final Map<TimeBucket, Clock> clocks;
    private final Dialect dialect;

    /** @param clocks of the buckets that have one: the others go by the engine's zones */
    BucketTree(RelBuilder builder, Map<TimeBucket, Clock> clocks, Dialect dialect) {
        this.builder = builder;
        this.clocks = clocks;
        this.dialect = dialect;
    }

    /** What rows are grouped by. */
    RexNode key(TimeBucket bucket, RexNode instant) {
        if (bucket.zone().equals(ZoneOffset.UTC)) {
            return truncated(bucket, instant);
        }
        Clock clock = clocks.get(bucket);
        boolean isShort = isShort(bucket.grain());
        if (isShort && clock != null && clock.isAheadBy(bucket.grain().atLeast())) {
            return truncated(bucket, instant);
        }
        RexNode local = clock == null ? local(bucket.zone(), instant) : new ClockTree(builder, clock).local(instant);
        if (!isShort) {
            return truncated(bucket, local);
        }
        RexNode elapsed = builder.call(Operators.MINUS, local, truncated(bucket, local));
        return builder.call(Operators.MINUS, instant, elapsed);
    }

    /** The instant at which the bucket starts. */
    RexNode name(TimeBucket bucket, RexNode key) {
        if (bucket.zone().equals(ZoneOffset.UTC) || isShort(bucket.grain())) {
            return key;
        }
        Clock clock = clocks.get(bucket);
        return clock == null ? firstInstant(bucket, key) : new ClockTree(builder, clock).firstInstant(key);
    }

    /** The instant at which an event of the compared period counts in the range. */
    RexNode shifted(Shift shift, TimeBucket bucket, RexNode instant) {
        if (shift.isElapsed() || bucket.zone().equals(ZoneOffset.UTC)) {
            return later(shift, instant);
        }
        Clock clock = dialect == Dialect.DRUID ? clocks.get(bucket) : null; // the other's zones are those of the clock
        if (clock != null) {
            ClockTree tree = new ClockTree(builder, clock);
            return tree.lastInstant(later(shift, tree.local(instant)));
        }
        RexNode later = later(shift, local(bucket.zone(), instant));
        return zoned("UTC", zoned(bucket.zone().getId(), later));
    }

    private RexNode later(Shift shift, RexNode time) {
        if (shift.months() == 0) {
            return builder.call(Operators.PLUS, time, interval(Operators.TO_MICROSECONDS, shift.micros()));
        }
        RexNode later = builder.call(Operators.PLUS, time, interval(Operators.TO_MONTHS, shift.months()));
        return builder.call(Operators.MONTHS_LATER, later, time, builder.literal(shift.months()));
    }

    /** Instants so close together that each bucket between the two has one of them at least, as rows. */
    RexNode instantsOfAll(TimeBucket bucket, RexNode from, RexNode to, RexNode last) {
        RexNode step = interval(Operators.TO_MICROSECONDS, step(bucket).toNanos() / 1_000);
        RexNode instants = builder.call(
                Operators.RANGE, builder.call(Operators.INSTANT, from), builder.call(Operators.INSTANT, to), step);
        return builder.call(
                Operators.UNNEST, builder.call(Operators.LIST_APPEND, instants, builder.call(Operators.INSTANT, last)));
    }

    /** Half a bucket; less where a leap of the clock, by quarters of an hour, may leave less of one. */
    static Duration step(TimeBucket bucket) {
        Duration grain = bucket.grain().atLeast();
        Duration half = grain.dividedBy(2);
        boolean isCut = switch (bucket.grain().unit()) {
            case SECOND, MINUTE, HOUR -> !bucket.zone().getRules().isFixedOffset();
            case DAY, WEEK, MONTH, QUARTER, YEAR -> false;
        };
        if (!isCut) {
            return half;
        }
        Duration rest = Duration.ofSeconds(
                BigInteger.valueOf(grain.toSeconds()).gcd(QUARTER_HOUR).longValueExact());
        return rest.compareTo(half) < 0 ? rest : half;
    }

    static boolean isShort(Grain grain) {
        return switch (grain.unit()) {
            case SECOND, MINUTE -> true;
            case HOUR -> grain.amount() == 1;
            case DAY, WEEK, MONTH, QUARTER, YEAR -> false;
        };
    }

    private RexNode local(ZoneId zone, RexNode instant) {
        return zoned(zone.getId(), zoned("UTC", instant));
    }

    private RexNode zoned(String zone, RexNode time) {
        return builder.call(Operators.TIMEZONE, builder.literal(zone), time);
    }

    /**
     * DuckDB takes the last instant at which the clock shows a time, and goes on by the old clock where it never does. Where
     * marks come twice, we look for the first; where the clock leaps over one, for the leap.
     */
    private RexNode firstInstant(TimeBucket bucket, RexNode mark) {
        RexNode last = zoned("UTC", zoned(bucket.zone().getId(), mark));
        RexNode first = last;
        for (long seconds : RepeatedMarks.seconds(bucket.zone(), bucket.grain())) {
            RexNode earlier = builder.call(Operators.MINUS, last, interval(Operators.TO_SECONDS, seconds));
            RexNode showsMark = builder.call(Operators.EQUALS, local(bucket.zone(), earlier), mark);
            first = builder.call(SqlStdOperatorTable.CASE, showsMark, earlier, first);
        }
        for (long seconds : SkippedMarks.seconds(bucket.zone(), bucket.grain())) {
            RexNode leap = builder.call(Operators.MINUS, last, interval(Operators.TO_SECONDS, seconds));
            first = builder.call(SqlStdOperatorTable.CASE, leapsOver(bucket, leap, mark), leap, first);
        }
        return first;
    }

    /** Whether the clock is past the mark at this instant, and was before it a second ago. */
    private RexNode leapsOver(TimeBucket bucket, RexNode instant, RexNode mark) {
        RexNode before = builder.call(Operators.MINUS, instant, interval(Operators.TO_SECONDS, 1));
        return builder.call(
                SqlStdOperatorTable.AND,
                builder.call(Operators.GREATER, local(bucket.zone(), instant), mark),
                builder.call(Operators.LESS, local(bucket.zone(), before), mark));
    }

    private RexNode truncated(TimeBucket bucket, RexNode time) {
        Grain grain = bucket.grain();
        if (grain.amount() == 1 && bucket.weekStart() == DayOfWeek.MONDAY) {
            String unit = grain.unit().name().toLowerCase(Locale.ROOT);
            return builder.call(Operators.DATE_TRUNC, builder.literal(unit), time);
        }
        LocalDate origin =
                grain.unit() == Unit.WEEK ? EPOCH.with(TemporalAdjusters.previousOrSame(bucket.weekStart())) : EPOCH;
        return builder.call(Operators.TIME_BUCKET, width(grain), time, midnight(origin));
    }

    private RexNode width(Grain grain) {
        return switch (grain.unit()) {
            case SECOND, MINUTE, HOUR ->
                interval(Operators.TO_SECONDS, grain.atLeast().toSeconds());
            case DAY, WEEK -> interval(Operators.TO_DAYS, grain.atLeast().toDays());
            case MONTH, QUARTER, YEAR ->
                interval(
                        Operators.TO_MONTHS,
                        (long) grain.amount() * grain.unit().months());
        };
    }

    private RexNode interval(SqlOperator maker, long amount) {
        return builder.call(maker, builder.literal(amount));
    }

    private RexNode midnight(LocalDate date) {
        return builder.getRexBuilder()
                .makeTimestampLiteral(
                        new TimestampString(date.getYear(), date.getMonthValue(), date.getDayOfMonth(), 0, 0, 0), 0);
    }
}
