package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.TenantId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static final TenantId BUSY = new TenantId("ten_busy");
    private static final TenantId QUIET = new TenantId("ten_quiet");
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final Shares shares = new Shares(nanos::get);

    @Test
    void givesAllToWhoIsAlone() {
        shares.took(BUSY, 100 * SECOND);

        assertThat(shares.isAbove(BUSY)).isFalse();
    }

    @Test
    void holdsWhoTakesMoreThanTheOthersAboveItsShare() {
        shares.took(BUSY, 8 * SECOND);
        shares.took(QUIET, 2 * MILLI);

        assertThat(shares.isAbove(BUSY)).isTrue();
        assertThat(shares.isAbove(QUIET)).isFalse();
    }

    @Test
    void countsWhatIsUnderWay() {
        AtomicLong cpuNanos = new AtomicLong(5 * SECOND);
        shares.took(QUIET, SECOND);
        Shares.Turn turn = shares.begin(BUSY, cpuNanos::get);

        cpuNanos.addAndGet(4 * SECOND);
        nanos.addAndGet(SECOND / 2);
        assertThat(shares.isAbove(BUSY)).isTrue();
        assertThat(shares.isAbove(QUIET)).isFalse();

        cpuNanos.addAndGet(SECOND);
        shares.end(turn);
        shares.took(QUIET, 3 * SECOND); // a little less than the five
        assertThat(shares.isAbove(BUSY)).isTrue();
        shares.took(QUIET, 2 * SECOND);
        assertThat(shares.isAbove(BUSY)).isFalse();
    }

    @Test
    void holdsNobodyAboveWhereAllTakeTheSame() {
        shares.took(BUSY, SECOND);
        shares.took(QUIET, SECOND);

        assertThat(shares.isAbove(BUSY)).isFalse();
        assertThat(shares.isAbove(QUIET)).isFalse();
    }

    @Test
    void givesTwiceTheWeightTwiceTheShare() {
        shares.took(BUSY, 6 * SECOND);
        shares.took(QUIET, 4 * SECOND);
        assertThat(shares.isAbove(BUSY)).isTrue();

        shares.weigh(BUSY, 2);

        assertThat(shares.isAbove(BUSY)).isFalse();
        assertThat(shares.isAbove(QUIET)).isTrue();
    }

    @Test
    void forgetsAQuietTenantAfterAboutAMinute() {
        shares.took(BUSY, 8 * SECOND);
        shares.took(QUIET, 2 * MILLI);

        nanos.addAndGet(40 * SECOND);
        assertThat(shares.isAbove(BUSY)).isTrue();
        nanos.addAndGet(20 * SECOND);
        assertThat(shares.isAbove(BUSY)).isFalse();
    }

    @Test
    void letsATenantBackIntoItsShareWhenOthersTakeMore() {
        shares.took(BUSY, 8 * SECOND);
        shares.took(QUIET, 2 * MILLI);

        nanos.addAndGet(20 * SECOND);
        shares.took(QUIET, 3 * SECOND);

        assertThat(shares.isAbove(BUSY)).isFalse();
        assertThat(shares.isAbove(QUIET)).isTrue();
    }
}
