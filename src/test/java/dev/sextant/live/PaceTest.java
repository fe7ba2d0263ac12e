package dev.sextant.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void letsASecondsWorthGoAtOnceAndThenSpacesOut() {
        Pace pace = new Pace(4, 0);
        for (int i = 0; i < 4; i++) {
            assertThat(pace.waitNanos(0)).isZero();
            pace.take(0);
        }

        assertThat(pace.waitNanos(0)).isEqualTo(SECOND / 4);
        assertThat(pace.waitNanos(SECOND / 4)).isZero();
    }

    @Test
    void savesUpNoMoreThanASecondsWorth() {
        Pace pace = new Pace(2, 0);

        pace.take(100 * SECOND);
        pace.take(100 * SECOND);

        assertThat(pace.waitNanos(100 * SECOND)).isEqualTo(SECOND / 2);
    }

    @Test
    void spacesOutLessThanOnceASecondToo() {
        Pace pace = new Pace(0.5, 0);

        pace.take(0);

        assertThat(pace.waitNanos(0)).isEqualTo(2 * SECOND);
    }

    @Test
    void losesWhatItSavedWhenItSlowsDown() {
        Pace pace = new Pace(20, 0);

        pace.set(1, 0);
        pace.take(0);

        assertThat(pace.waitNanos(0)).isEqualTo(SECOND);
    }
}
