package dev.sextant.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingCountTest {

    private static final long MILLI = 1_000_000;

    @Test
    void countsAWindowAndAFiftiethMore() {
        SlidingCount count = new SlidingCount(1000, 0);
        count.add(3, 0);

        assertThat(count.sum(1000 * MILLI - 1)).isEqualTo(3);
        assertThat(count.sum(1020 * MILLI)).isZero();
    }

    @Test
    void neverCountsLessThanThereWasInTheWindow() {
        Random random = new Random(7);
        SlidingCount count = new SlidingCount(1000, -5 * MILLI);
        List<Long> all = new ArrayList<>();

        long now = -5 * MILLI;
        for (int i = 0; i < 5000; i++) {
            now += random.nextLong(0, 60 * MILLI);
            count.add(1, now);
            all.add(now);
            long from = now - 1000 * MILLI;
            long exact = all.stream().filter(at -> at > from).count();
            long wider = all.stream().filter(at -> at > from - 20 * MILLI).count();
            assertThat(count.sum(now)).isBetween(exact, wider);
        }
    }

    @Test
    void takesBackWhatWasCounted() {
        SlidingCount count = new SlidingCount(1000, 0);
        count.add(1, 5 * MILLI);
        count.add(-1, 5 * MILLI);

        assertThat(count.sum(5 * MILLI)).isZero();
    }
}
