package dev.sextant.query.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeedTest {

    @Test
    void comesToWhatIsMeasured() {
        Speed speed = new Speed();

        for (int run = 0; run < 200; run++) {
            speed.observe(10, 5);
            speed.observe(4_000_000, 205);
        }

        assertThat(speed.millis(0)).isEqualTo(5);
        assertThat(speed.millis(2_000_000)).isEqualTo(105);
    }

    @Test
    void oneSlowRunMovesItATenth() {
        Speed speed = new Speed();

        speed.observe(0, 102);

        assertThat(speed.millis(0)).isEqualTo(12);
    }

    @Test
    void aRunThatTookNoTimeIsNoDivisionByZero() {
        Speed speed = new Speed();

        speed.observe(1_000_000, 0);

        assertThat(speed.millis(1_000_000)).isPositive();
    }
}
