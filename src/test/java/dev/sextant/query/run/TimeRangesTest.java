package dev.sextant.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRangesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T15:07:42.300Z");

    private static Query query(@Nullable TimeRange range, String... grains) {
        List<Dimension> buckets = Stream.of(grains)
                .<Dimension>map(grain ->
                        new Dimension.TimeBucket("time", grain(grain), ZoneOffset.UTC, DayOfWeek.MONDAY, "t" + grain))
                .toList();
        return Query.of("sales").dimensions(buckets).timeRange(range).build();
    }

    private static Grain grain(String text) {
        return Grain.parse(text).orElseThrow();
    }

    private static TimeRange last(String amount) {
        return new TimeRange.Last(grain(amount));
    }

    @ParameterizedTest
    @CsvSource({
        "1m,   2026-11-23T15:06:43Z, 2026-11-23T15:07:43Z", // a 600th is less than a second
        "15m,  2026-11-23T14:52:43Z, 2026-11-23T15:07:43Z", // 1.5 s: whole seconds
        "1h,   2026-11-23T14:07:48Z, 2026-11-23T15:07:48Z", // 6 s
        "24h,  2026-11-22T15:08:00Z, 2026-11-23T15:08:00Z", // 144 s, and so a minute
        "1mo,  2026-10-23T15:08:00Z, 2026-11-23T15:08:00Z",
        "90000y, 0001-01-01T00:00:00Z, 2026-11-23T15:08:00Z"
    })
    void endsWithTheStepThatNowLiesIn(String amount, Instant from, Instant to) {
        assertThat(TimeRanges.resolve(query(last(amount)), NOW)).isEqualTo(new TimeRange.Between(from, to));
    }

    @Test
    void holdsWhatHappensInItsLastStep() {
        assertThat(TimeRanges.resolve(query(last("1h")), Instant.parse("2026-11-23T15:00:00Z")))
                .isEqualTo(new TimeRange.Between(
                        Instant.parse("2026-11-23T14:00:06Z"), Instant.parse("2026-11-23T15:00:06Z")));
    }

    @Test
    void theFinestGrainSaysHowLongAStepIs() {
        assertThat(TimeRanges.step(query(last("24h"), "10s", "1h"))).isEqualTo(Duration.ofSeconds(10));
        assertThat(TimeRanges.step(query(last("1m"), "1h"))).isEqualTo(Duration.ofSeconds(60));
        assertThat(TimeRanges.step(query(null))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void leavesAnAbsoluteRangeAsItIs() {
        TimeRange.Between range = new TimeRange.Between(NOW.minusSeconds(1), NOW);

        assertThat(TimeRanges.resolve(query(range), NOW)).isEqualTo(range);
        assertThat(TimeRanges.resolve(query(null), NOW)).isNull();
    }

    @Test
    void countsStepsFrom1970AlsoBeforeIt() {
        assertThat(TimeRanges.stepEnd(Instant.parse("1969-12-31T23:59:59Z"), Duration.ofSeconds(6)))
                .isEqualTo(Instant.EPOCH);
    }
}
