package dev.sextant.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {

    @Test
    void coversWhatItNames() {
        Reach limited = Reach.of(List.of("b", "a"));

        assertThat(limited.covers("a")).isTrue();
        assertThat(limited.covers("c")).isFalse();
        assertThat(limited.array()).containsExactly("a", "b");
        assertThat(Reach.ALL.covers("c")).isTrue();
        assertThat(Reach.ALL.array()).isNull();
        assertThat(Reach.of(null)).isEqualTo(Reach.ALL);
        assertThat(Reach.of(List.of()).covers("a")).isFalse();
    }

    @Test
    void coversWhatReachesNoFurther() {
        Reach limited = Reach.of(List.of("a", "b"));

        assertThat(Reach.ALL.covers(limited)).isTrue();
        assertThat(Reach.ALL.covers(Reach.ALL)).isTrue();
        assertThat(limited.covers(Reach.ALL)).isFalse();
        assertThat(limited.covers(Reach.of(List.of("b")))).isTrue();
        assertThat(limited.covers(Reach.of(List.of("b", "c")))).isFalse();
    }
}
