package dev.sextant.query.split;

import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Grain.Unit;
import dev.sextant.query.model.TimeRange.Between;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A range of time cut into pieces, without a gap. All but the first and the last are as long as each other, as far as the
 * calendar allows, and begin where those of a range that overlaps do, too. Pure.
 *
 * @param bucket no bucket of these lies in two pieces
 * @param pieces three or more
 */
record Layout(TimeBucket bucket, List<Between> pieces) {

    /** With fewer, hardly anything would be kept. */
    private static final int PIECES_MIN = 3;

    private static final int PIECES_WANTED = 48;
    static final int PIECES_MAX = 100;

    /** Versions of data are not told apart more finely. */
    private static final Duration PIECE_MIN = Duration.ofHours(1);

    /** Up to 65,536 days. */
    private static final int DAYS_POWERS = 17;

    /** In hours: those that make up days, and some days. */
    private static final long[] NICE_HOURS = LongStream.concat(
                    LongStream.of(1, 2, 3, 4, 6, 8, 12),
                    IntStream.range(0, DAYS_POWERS).mapToLong(power -> 24L << power))
            .toArray();

    Layout {
        pieces = List.copyOf(pieces);
    }

    /** Pieces that begin with a bucket; empty where there are too few or too many. */
    static Optional<Layout> of(TimeBucket bucket, Between range) {
        return of(bucket, count(bucket.grain(), wanted(range)), range);
    }

    /** Pieces of whole hours or days in UTC; empty where there are too few, or they would be too long. */
    static Optional<Layout> ofHours(String timeField, Between range) {
        long seconds = niceSeconds(wanted(range), 1);
        return seconds == 0 ? Optional.empty() : of(hours(timeField, seconds), 1, range);
    }

    private static TimeBucket hours(String timeField, long seconds) {
        boolean days = seconds % 86_400 == 0;
        Grain grain = days
                ? new Grain(Math.toIntExact(seconds / 86_400), Unit.DAY)
                : new Grain(Math.toIntExact(seconds / 3_600), Unit.HOUR);
        return new TimeBucket(timeField, grain, ZoneOffset.UTC, DayOfWeek.MONDAY, "piece");
    }

    private static Optional<Layout> of(TimeBucket bucket, int count, Between range) {
        return new Borders(bucket, count)
                .between(range.from(), range.to(), PIECES_MAX)
                .filter(inside -> inside.size() >= PIECES_MIN - 1)
                .map(inside -> new Layout(bucket, pieces(inside, range)));
    }

    private static List<Between> pieces(List<Instant> inside, Between range) {
        List<Between> pieces = new ArrayList<>();
        Instant from = range.from();
        for (Instant border : inside) {
            pieces.add(new Between(from, border));
            from = border;
        }
        pieces.add(new Between(from, range.to()));
        return pieces;
    }

    private static Duration wanted(Between range) {
        Duration part = Duration.between(range.from(), range.to()).dividedBy(PIECES_WANTED);
        return part.compareTo(PIECE_MIN) < 0 ? PIECE_MIN : part;
    }

    /** How many buckets make a piece. */
    private static int count(Grain grain, Duration wanted) {
        long one = grain.atLeast().toSeconds();
        if (one >= wanted.toSeconds()) {
            return 1;
        }
        boolean isShort = grain.unit() == Unit.SECOND || grain.unit() == Unit.MINUTE || grain.unit() == Unit.HOUR;
        long seconds = isShort ? niceSeconds(wanted, one) : 0;
        return Math.clamp(seconds > 0 ? seconds / one : powerOfTwo(wanted.toSeconds() / one + 1), 1, Integer.MAX_VALUE);
    }

    /** The shortest nice length that is a multiple of {@code unit} seconds and no shorter than wanted; 0 where none is. */
    private static long niceSeconds(Duration wanted, long unit) {
        return LongStream.of(NICE_HOURS)
                .map(hours -> hours * 3_600)
                .filter(seconds -> seconds >= wanted.toSeconds() && seconds % unit == 0)
                .findFirst()
                .orElse(0);
    }

    private static long powerOfTwo(long atLeast) {
        long highest = Long.highestOneBit(atLeast);
        return highest == atLeast ? highest : highest << 1;
    }

    /** The index of the piece in which a bucket of this name lies: the first also holds what begins before it. */
    int indexOf(Instant bucket) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pieces.get(middle).from().isAfter(bucket)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }
}
