package dev.sextant.demo;

import dev.sextant.kernel.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Copies of the edits of this hour of the day, one after the other and from the start again, as often as the hour was
 * busy. Edits that were due during a long silence are left out: they were watched by nobody. Holds one hour's edits.
 */
final class EditFeed implements LiveFeed {

    /** Edits of each hour of the sample; of the first, whose edits begin at 00:46:58, as many as a whole one would have. */
    private static final int[] HOURS = {
        1234, 1144, 1102, 815, 824, 1260, 2120, 2237, 1622, 1704, 1792, 1624, 1709, 2073, 1873, 1965, 1959, 2300, 2170,
        2013, 1832, 1766, 1590, 1482
    };

    private static final double HOUR_ON_AVERAGE = IntStream.of(HOURS).average().orElseThrow();
    private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

    private final double perSecond;
    private Instant last;
    private double owed;
    private int hour = -1;
    private List<String> edits = List.of();
    private int next;

    /** @param perSecond on average over a day */
    EditFeed(double perSecond, Instant begin) {
        this.perSecond = perSecond;
        this.last = begin;
    }

    @Override
    public List<byte[]> due(Instant now, int eventsMax) {
        Duration passed = Duration.between(last, now);
        if (!passed.isPositive()) {
            return List.of();
        }
        Duration counted = passed.compareTo(SILENCE_MAX) > 0 ? SILENCE_MAX : passed;
        turnTo(now.atOffset(ZoneOffset.UTC).getHour());
        owed += perSecond * HOURS[hour] / HOUR_ON_AVERAGE * counted.toNanos() / 1e9;
        int count = Math.min((int) owed, eventsMax);
        owed -= count;
        last = now;
        return copies(count, now.minus(counted), counted);
    }

    private void turnTo(int present) {
        if (present != hour) {
            hour = present;
            edits = WikipediaEdits.ofHour(present);
            next = 0;
        }
    }

    /** Evenly over the time that has passed, the last one now. */
    private List<byte[]> copies(int count, Instant from, Duration passed) {
        List<byte[]> copies = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            Instant time = from.plus(passed.multipliedBy(i).dividedBy(count));
            copies.add(WikipediaEdits.copy(edits.get(next), Ids.make("evt"), SOURCE, time));
            next = (next + 1) % edits.size();
        }
        return copies;
    }
}
