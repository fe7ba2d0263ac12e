package dev.sextant.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.TenantId;
import org.junit.jupiter.api.Test;

class TenantSharesTest {

    private static final TenantId QUIET = new TenantId("ten_quiet");
    private static final TenantId LOUD = new TenantId("ten_loud");

    private final TenantShares<Integer, String> shares = new TenantShares<>(1_000);

    @Test
    void keepsWhatItHasRoomFor() {
        shares.put(QUIET, 1, "one", 100);

        assertThat(shares.find(QUIET, 1)).contains("one");
        assertThat(shares.find(LOUD, 1)).isEmpty();
        assertThat(shares.weight()).isEqualTo(100);
    }

    @Test
    void aTenantWithinItsShareLosesNothingToALoudOne() {
        for (int i = 0; i < 5; i++) {
            shares.put(QUIET, i, "quiet", 100);
        }
        for (int i = 0; i < 10_000; i++) {
            shares.put(LOUD, i, "loud", 10);
        }

        for (int i = 0; i < 5; i++) {
            assertThat(shares.find(QUIET, i)).contains("quiet");
        }
        assertThat(shares.weight()).isLessThanOrEqualTo(1_000);
        assertThat(shares.weight(LOUD)).isBetween(400L, 500L);
        assertThat(shares.evictions()).isPositive();
    }

    @Test
    void aTenantMayTakeWhatNobodyElseNeedsAndGivesItBack() {
        for (int i = 0; i < 100; i++) {
            shares.put(LOUD, i, "loud", 10);
        }
        assertThat(shares.weight(LOUD)).isEqualTo(1_000);

        for (int i = 0; i < 40; i++) {
            shares.put(QUIET, i, "quiet", 10);
        }

        assertThat(shares.weight(QUIET)).isEqualTo(400);
        assertThat(shares.weight()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void aValueInPlaceOfAnotherWeighsOnce() {
        for (int i = 0; i < 100; i++) {
            shares.put(QUIET, 1, "same", 100);
        }

        assertThat(shares.weight()).isEqualTo(100);
    }

    @Test
    void doesNotKeepWhatWouldPushOutAllElse() {
        shares.put(QUIET, 1, "huge", 500);

        assertThat(shares.find(QUIET, 1)).isEmpty();
        assertThat(shares.weight()).isZero();
    }

    @Test
    void forgetsATenant() {
        shares.put(QUIET, 1, "one", 100);

        shares.forget(QUIET);

        assertThat(shares.find(QUIET, 1)).isEmpty();
        assertThat(shares.weight()).isZero();
    }
}
