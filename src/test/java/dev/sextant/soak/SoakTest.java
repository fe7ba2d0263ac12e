package dev.sextant.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakTest {

    @Test
    void aRoundEndsAfterItsSteps() {
        Round round = new Round(7, 3, Budget.endless());

        int steps = 0;
        while (round.next()) {
            steps++;
        }

        assertThat(steps).isEqualTo(3);
        assertThat(round.steps()).isEqualTo(3);
    }

    @Test
    void roundsShareTheStepsThereAre() {
        Budget budget = Budget.of(4, Duration.ofDays(1));
        Round first = new Round(7, 3, budget);
        while (first.next()) {}
        Round second = new Round(8, 3, budget);

        while (second.next()) {}

        assertThat(second.steps()).isEqualTo(1);
        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void aBudgetWithoutTimeIsSpent() {
        assertThat(Budget.of(4, Duration.ofSeconds(-1)).isSpent()).isTrue();
    }

    @Test
    void theSameSeedIsTheSameRound() {
        assertThat(new Round(7, 1, Budget.endless()).random().nextLong())
                .isEqualTo(new Round(7, 1, Budget.endless()).random().nextLong());
    }

    @Test
    void playsSeedsThatFailedFirstAndToTheirEnd() {
        List<Long> seeds = new ArrayList<>();
        Soak soak = Soak.of("example", 2, 4);

        assertThatThrownBy(() -> soak.play(round -> {
                    seeds.add(round.seed());
                    while (round.next()) {}
                    assertThat(round.steps()).isEqualTo(2);
                    assertThat(seeds).hasSizeLessThan(3);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("fails with seed " + seeds.get(2));

        assertThat(seeds).startsWith(12L, -5L).hasSize(3);
    }
}
