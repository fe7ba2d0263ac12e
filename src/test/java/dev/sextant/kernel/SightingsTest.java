package dev.sextant.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SightingsTest {

    private final Sightings sightings = new Sightings();

    @Test
    void tellWhatWasSeenBefore() {
        boolean first = sightings.again(7);
        boolean second = sightings.again(7);
        boolean other = sightings.again(8);

        assertThat(first).isFalse();
        assertThat(second).isTrue();
        assertThat(other).isFalse();
    }

    @Test
    void forgetWhatManyOthersCameAfter() {
        sightings.again(7);

        for (int hash = 1_000; hash < 2_000_000; hash++) {
            sightings.again(hash);
        }

        assertThat(sightings.again(7)).isFalse();
    }
}
