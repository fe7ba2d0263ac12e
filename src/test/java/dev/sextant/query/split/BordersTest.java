package dev.sextant.query.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.Grain;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class BordersTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<Instant> borders(String grain, ZoneId zone, int count, String from, String to) {
        TimeBucket bucket = new TimeBucket("time", Grain.parse(grain).orElseThrow(), zone, DayOfWeek.MONDAY, "time");
        return new Borders(bucket, count)
                .between(Instant.parse(from), Instant.parse(to), 100)
                .orElse(List.of());
    }

    private static Instant[] instants(String... texts) {
        return List.of(texts).stream().map(Instant::parse).toArray(Instant[]::new);
    }

    @Test
    void lieWithinTheRangeOnly() {
        assertThat(borders("1h", ZoneOffset.UTC, 1, "2026-11-23T10:00:00Z", "2026-11-23T13:00:00Z"))
                .containsExactly(instants("2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z"));
    }

    @Test
    void areTheSameForRangesThatOverlap() {
        assertThat(borders("15m", ZoneOffset.UTC, 4, "2026-11-23T10:07:00Z", "2026-11-23T12:07:00Z"))
                .containsExactly(instants("2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z"));
    }

    @Test
    void areMidnightsOfTheZone() {
        assertThat(borders("1d", BERLIN, 1, "2026-11-20T12:00:00Z", "2026-11-22T12:00:00Z"))
                .containsExactly(instants("2026-11-20T23:00:00Z", "2026-11-21T23:00:00Z"));
    }

    @Test
    void keepAwayFromWhereClocksChange() {
        assertThat(borders("1d", BERLIN, 1, "2026-03-25T12:00:00Z", "2026-04-02T12:00:00Z"))
                .containsExactly(instants(
                        "2026-03-25T23:00:00Z",
                        "2026-03-26T23:00:00Z",
                        "2026-03-31T22:00:00Z",
                        "2026-04-01T22:00:00Z"));
    }

    @Test
    void beginWeeksAndMonthsAsTheCalendarDoes() {
        assertThat(borders("1w", ZoneOffset.UTC, 1, "2026-11-20T00:00:00Z", "2026-12-01T00:00:00Z"))
                .containsExactly(instants("2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"));
        assertThat(borders("1mo", ZoneOffset.UTC, 2, "2026-01-15T00:00:00Z", "2026-06-15T00:00:00Z"))
                .containsExactly(instants("2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z"));
        assertThat(borders("2w", ZoneOffset.UTC, 1, "1969-12-01T00:00:00Z", "1970-01-20T00:00:00Z"))
                .containsExactly(instants("1969-12-15T00:00:00Z", "1969-12-29T00:00:00Z", "1970-01-12T00:00:00Z"));
    }

    @Test
    void areNoneWhereTheyWouldBeTooMany() {
        assertThat(borders("1s", ZoneOffset.UTC, 1, "2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z"))
                .isEmpty();
    }
}
