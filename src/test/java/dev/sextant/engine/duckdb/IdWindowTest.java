package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdWindowTest {

    private final Semaphore filters = new Semaphore(2);
    private final IdWindow window = new IdWindow(filters);

    @Test
    void knowsWhatWasAdded() {
        addTo(1000, "a");

        assertThat(IntStream.range(0, 1000))
                .allMatch(n -> !window.spansThatMayHold(hash("a", n)).isEmpty());
    }

    @Test
    void seldomTakesANewIdForAKnownOne() {
        addTo(IdFilter.IDS_MAX, "a");

        long wrong = IntStream.range(0, 1_000_000)
                .filter(n -> !window.spansThatMayHold(hash("b", n)).isEmpty())
                .count();

        assertThat(wrong).isLessThan(20); // 2 in a million are expected
    }

    @Test
    void tellsWhenAnIdMayHaveCome() {
        window.add(hash("x", 1), 100);
        window.add(hash("x", 2), 50);
        window.add(hash("x", 3), 170);

        assertThat(window.spansThatMayHold(hash("x", 3))).containsExactly(new IdWindow.Span(50, 170));
        assertThat(window.spansThatMayHold(hash("x", 4))).isEmpty();
    }

    @Test
    void forgetsWhatIsTooOldByWholeSegments() {
        addTo(IdFilter.IDS_MAX, "a");
        window.add(hash("b", 1), 10_000_000);

        window.expire(IdFilter.IDS_MAX - 1);
        assertThat(window.spansThatMayHold(hash("a", 0))).hasSize(1);
        window.expire(IdFilter.IDS_MAX);
        assertThat(window.spansThatMayHold(hash("a", 0))).isEmpty();
        assertThat(window.spansThatMayHold(hash("b", 1))).hasSize(1);
    }

    @Test
    void saysPerhapsToAllWhereItMayHaveNoFilter() {
        filters.drainPermits();

        window.add(hash("a", 1), 100);

        assertThat(window.spansThatMayHold(hash("b", 1))).containsExactly(new IdWindow.Span(100, 100));
    }

    @Test
    void givesItsFiltersBack() {
        addTo(IdFilter.IDS_MAX + 1, "a");
        assertThat(filters.availablePermits()).isZero();

        window.expire(IdFilter.IDS_MAX);
        assertThat(filters.availablePermits()).isEqualTo(1);
        window.close();
        assertThat(filters.availablePermits()).isEqualTo(2);
    }

    /** Each received one microsecond after the other, from 0 on. */
    private void addTo(int count, String prefix) {
        IntStream.range(0, count).forEach(n -> window.add(hash(prefix, n), n));
    }

    private static long hash(String prefix, int n) {
        return IdFilter.hash(prefix + n);
    }
}
