package dev.sextant.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.usage.UsageReport.Totals;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    @Test
    void goesOnAsItWasLately() {
        Totals end = Projection.end(
                new Totals(1000, 10, 50, 0, 8000, 12.5),
                new Totals(70, 7, 14, 0, 700, 3.5),
                Duration.ofDays(7),
                Duration.ofDays(2));

        assertThat(end).isEqualTo(new Totals(1020, 12, 54, 0, 8200, 13.5));
    }

    @Test
    void anHourOfAYoungTenantCountsAsADay() {
        Instant now = Instant.parse("2026-11-29T18:14:00Z");
        Totals all = new Totals(817, 8, 0, 0, 0, 1.5);

        Instant since = Projection.since(Instant.parse("2026-11-29T18:00:00Z"), now);
        Totals end = Projection.end(all, all, Duration.between(since, now), Duration.ofHours(30));

        assertThat(since).isEqualTo("2026-11-29T18:00:00Z");
        assertThat(end).isEqualTo(new Totals(1838, 18, 0, 0, 0, 3.38));
    }

    @Test
    void aTenantWithThreeDaysGoesOnLikeThese() {
        Instant since = Projection.since(Instant.parse("2026-11-26T18:00:00Z"), Instant.parse("2026-11-29T18:00:00Z"));

        assertThat(since).isEqualTo("2026-11-26T18:00:00Z");
        assertThat(Projection.end(
                        new Totals(300, 0, 0, 0, 0, 0),
                        new Totals(300, 0, 0, 0, 0, 0),
                        Duration.ofDays(3),
                        Duration.ofDays(1)))
                .isEqualTo(new Totals(400, 0, 0, 0, 0, 0));
    }

    @Test
    void quietDaysOfAnOlderTenantCount() {
        Instant since = Projection.since(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-11-29T18:14:00Z"));

        assertThat(since).isEqualTo("2026-11-22T18:00:00Z");
    }

    @Test
    void stampsNothingWhereNothingWasUsed() {
        assertThat(Projection.end(Totals.NONE, Totals.NONE, Duration.ZERO, Duration.ofDays(2)))
                .isEqualTo(Totals.NONE);
    }

    @Test
    void aPeriodIsAMonthOrADayOfUtc() {
        assertThat(UsagePeriod.parse("2026-12"))
                .contains(
                        new UsagePeriod(Instant.parse("2026-12-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z")));
        assertThat(UsagePeriod.parse("2028-02-29"))
                .contains(
                        new UsagePeriod(Instant.parse("2028-02-29T00:00:00Z"), Instant.parse("2028-03-01T00:00:00Z")));
        assertThat(UsagePeriod.parse("2026-13")).isEmpty();
        assertThat(UsagePeriod.monthOf(Instant.parse("2026-11-30T23:59:59.999Z"))
                        .to())
                .isEqualTo("2026-12-01T00:00:00Z");
    }
}
