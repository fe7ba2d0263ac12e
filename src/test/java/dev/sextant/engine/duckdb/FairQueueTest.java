package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.TenantId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private static final TenantId BUSY = new TenantId("ten_busy");
    private static final TenantId QUIET = new TenantId("ten_quiet");

    /** Three running a tenant, weights of 10 and 15 at most, groups of 4. */
    private final FairQueue<Integer> queue = new FairQueue<>(new FairQueue.Limits(3, 10, 15, 4), Integer::longValue);

    @Test
    void letsTenantsTakeTurns() throws InterruptedException {
        for (int work : List.of(4, 3, 2)) {
            queue.offer(BUSY, work, 1);
        }
        queue.offer(QUIET, 4, 1);

        assertThat(queue.take()).isEqualTo(new FairQueue.Group<>(BUSY, List.of(4)));
        assertThat(queue.take()).isEqualTo(new FairQueue.Group<>(QUIET, List.of(4)));
        assertThat(queue.take()).isEqualTo(new FairQueue.Group<>(BUSY, List.of(3)));
        assertThat(queue.take()).isEqualTo(new FairQueue.Group<>(BUSY, List.of(2)));
    }

    @Test
    void handsOutTogetherWhatFitsInAGroup() throws InterruptedException {
        for (int work : List.of(1, 2, 2, 9, 1)) {
            queue.offer(BUSY, work, 1);
        }

        assertThat(works()).containsExactly(1, 2);
        assertThat(works()).containsExactly(2);
        assertThat(works()).containsExactly(9);
        queue.done(BUSY);
        assertThat(works()).containsExactly(1);
    }

    @Test
    void refusesMoreThanATenantMayHaveWaiting() {
        assertThat(queue.offer(BUSY, 1, 6)).isTrue();
        assertThat(queue.offer(BUSY, 2, 5)).isFalse();
        assertThat(queue.offer(BUSY, 3, 4)).isTrue();
    }

    @Test
    void refusesMoreThanMayWaitInAll() {
        assertThat(queue.offer(BUSY, 1, 10)).isTrue();
        assertThat(queue.offer(QUIET, 2, 6)).isFalse();
        assertThat(queue.offer(QUIET, 3, 5)).isTrue();
    }

    @Test
    void takesASingleWorkOfAnyWeight() {
        assertThat(queue.offer(BUSY, 1, 1000)).isTrue();
        assertThat(queue.offer(BUSY, 2, 1)).isFalse();
    }

    @Test
    void makesRoomWhenWorkIsTaken() throws InterruptedException {
        queue.offer(BUSY, 1, 10);
        queue.take();

        assertThat(queue.offer(BUSY, 2, 10)).isTrue();
    }

    @Test
    void holdsBackATenantThatHasEnoughUnderWay() throws InterruptedException {
        for (int work : List.of(4, 4, 4, 4)) {
            queue.offer(BUSY, work, 1);
        }
        works();
        works();
        works();
        queue.offer(QUIET, 1, 1);

        assertThat(queue.take()).isEqualTo(new FairQueue.Group<>(QUIET, List.of(1)));
        queue.done(BUSY);
        assertThat(queue.take()).isEqualTo(new FairQueue.Group<>(BUSY, List.of(4)));
    }

    @Test
    void takesBackWhatStillWaits() throws InterruptedException {
        queue.offer(BUSY, 4, 8);
        queue.offer(BUSY, 3, 2);
        queue.offer(QUIET, 2, 1);

        assertThat(queue.remove(BUSY, 4)).isTrue();
        assertThat(queue.remove(BUSY, 4)).isFalse();
        assertThat(queue.remove(BUSY, 3)).isTrue();

        assertThat(queue.take()).isEqualTo(new FairQueue.Group<>(QUIET, List.of(2)));
        assertThat(queue.remove(QUIET, 2)).isFalse();
    }

    @Test
    void endsWhenItIsClosedAndEmpty() throws InterruptedException {
        queue.offer(BUSY, 4, 1);
        queue.close();

        assertThat(queue.offer(BUSY, 3, 1)).isFalse();
        assertThat(works()).containsExactly(4);
        assertThat(queue.take()).isNull();
    }

    private List<Integer> works() throws InterruptedException {
        FairQueue.Group<Integer> group = queue.take();
        return group == null ? List.of() : group.works();
    }
}
