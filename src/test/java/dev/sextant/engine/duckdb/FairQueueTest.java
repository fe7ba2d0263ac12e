package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private static final TenantId BUSY = new TenantId("ten_busy");
    private static final TenantId QUIET = new TenantId("ten_quiet");

    private final AtomicLong nanos = new AtomicLong();

    /** Three running a tenant, weights of 10 and 15 at most, groups of 4. */
    private final FairQueue<Integer> queue =
            new FairQueue<>(new FairQueue.Limits(3, 10, 15, 4), Integer::longValue, nanos::get, _ -> false);

    @Test
    void letsTenantsTakeTurns() throws InterruptedException {
        for (int work : List.of(4, 3, 2)) {
            queue.offer(BUSY, work, 1);
        }
        queue.offer(QUIET, 4, 1);

        assertThat(next()).isEqualTo(new Turn(BUSY, List.of(4)));
        assertThat(next()).isEqualTo(new Turn(QUIET, List.of(4)));
        assertThat(next()).isEqualTo(new Turn(BUSY, List.of(3)));
        assertThat(next()).isEqualTo(new Turn(BUSY, List.of(2)));
    }

    @Test
    void handsOutTogetherWhatFitsInAGroup() throws InterruptedException {
        for (int work : List.of(1, 2, 2, 9, 1)) {
            queue.offer(BUSY, work, 1);
        }

        FairQueue.Group<Integer> first = take();
        assertThat(first.works()).containsExactly(1, 2);
        assertThat(take().works()).containsExactly(2);
        assertThat(take().works()).containsExactly(9);
        queue.done(first);
        assertThat(take().works()).containsExactly(1);
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
        queue.take(Lane.FRONT);

        assertThat(queue.offer(BUSY, 2, 10)).isTrue();
    }

    @Test
    void holdsBackATenantThatHasEnoughUnderWay() throws InterruptedException {
        for (int work : List.of(4, 4, 4, 4)) {
            queue.offer(BUSY, work, 1);
        }
        FairQueue.Group<Integer> first = take();
        take();
        take();
        queue.offer(QUIET, 1, 1);

        assertThat(next()).isEqualTo(new Turn(QUIET, List.of(1)));
        queue.done(first);
        assertThat(next()).isEqualTo(new Turn(BUSY, List.of(4)));
    }

    @Test
    void takesBackWhatStillWaits() throws InterruptedException {
        queue.offer(BUSY, 4, 8);
        queue.offer(BUSY, 3, 2);
        queue.offer(QUIET, 2, 1);

        assertThat(queue.remove(BUSY, 4)).isTrue();
        assertThat(queue.remove(BUSY, 4)).isFalse();
        assertThat(queue.remove(BUSY, 3)).isTrue();

        assertThat(next()).isEqualTo(new Turn(QUIET, List.of(2)));
        assertThat(queue.remove(QUIET, 2)).isFalse();
    }

    @Test
    void endsWhenItIsClosedAndEmpty() throws InterruptedException {
        queue.offer(BUSY, 4, 1);
        queue.close();

        assertThat(queue.offer(BUSY, 3, 1)).isFalse();
        assertThat(take().works()).containsExactly(4);
        assertThat(queue.take(Lane.FRONT)).isNull();
    }

    @Test
    void givesEqualSharesOfTheTimeNotOfTheTurns() throws InterruptedException {
        FairQueue<Integer> roomy = new FairQueue<>(new FairQueue.Limits(3, 20, 40, 1), _ -> 1, nanos::get, _ -> false);
        for (int i = 0; i < 20; i++) {
            roomy.offer(BUSY, i, 1);
            roomy.offer(QUIET, i, 1);
        }

        List<TenantId> turns = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            FairQueue.Group<Integer> group = Objects.requireNonNull(roomy.take(Lane.FRONT));
            turns.add(group.tenant());
            nanos.addAndGet(group.tenant().equals(BUSY) ? 90_000_000 : 10_000_000);
            roomy.done(group);
        }

        assertThat(turns.stream().filter(BUSY::equals)).hasSizeBetween(2, 3);
    }

    @Test
    void givesThreeTimesTheWeightThreeTimesTheTurns() throws InterruptedException {
        FairQueue<Integer> roomy = new FairQueue<>(new FairQueue.Limits(3, 40, 80, 1), _ -> 1, nanos::get, _ -> false);
        roomy.part(BUSY, new FairQueue.Part(3, 3));
        for (int i = 0; i < 40; i++) {
            roomy.offer(BUSY, i, 1);
            roomy.offer(QUIET, i, 1);
        }

        List<TenantId> turns = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            FairQueue.Group<Integer> group = Objects.requireNonNull(roomy.take(Lane.FRONT));
            turns.add(group.tenant());
            nanos.addAndGet(10_000_000);
            roomy.done(group);
        }

        assertThat(turns.stream().filter(BUSY::equals)).hasSizeBetween(28, 32);
    }

    @Test
    void runsAsManyAtOnceAsATenantsPartSays() throws InterruptedException {
        queue.part(BUSY, new FairQueue.Part(1, 1));
        for (int work : List.of(4, 4)) {
            queue.offer(BUSY, work, 1);
        }
        FairQueue.Group<Integer> first = take();
        queue.offer(QUIET, 4, 1);

        assertThat(take().tenant()).isEqualTo(QUIET);
        queue.done(first);
        assertThat(take().tenant()).isEqualTo(BUSY);
    }

    @Test
    void startsWhatIsAskedSeldomBeforeAFloodThatCameFirst() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            queue.offer(BUSY, 4, 1);
        }
        for (int i = 0; i < 3; i++) {
            FairQueue.Group<Integer> group = take();
            nanos.addAndGet(5_000_000);
            queue.done(group);
        }

        queue.offer(QUIET, 1, 1);

        assertThat(next()).isEqualTo(new Turn(QUIET, List.of(1)));
    }

    @Test
    void forgetsNoDebtInAShortPause() throws InterruptedException {
        queue.offer(BUSY, 4, 1);
        queue.offer(QUIET, 1, 1);
        FairQueue.Group<Integer> dear = take();
        nanos.addAndGet(1_000_000_000);
        queue.done(dear);
        FairQueue.Group<Integer> cheap = take();
        nanos.addAndGet(1_000_000);
        queue.done(cheap);

        queue.offer(BUSY, 3, 1);
        queue.offer(QUIET, 2, 1);

        assertThat(next()).isEqualTo(new Turn(QUIET, List.of(2)));
        assertThat(next()).isEqualTo(new Turn(BUSY, List.of(3)));
    }

    @Test
    void takesWhatHasNoWeightHoweverMuchWaits() {
        queue.offer(BUSY, 1, 10);

        assertThat(queue.offer(BUSY, 2, 1)).isFalse();
        assertThat(queue.offer(BUSY, 3, 0)).isTrue();
    }

    @Test
    void leavesTheBackLaneToWhoIsAboveItsShare() throws InterruptedException {
        FairQueue<Integer> laned =
                new FairQueue<>(new FairQueue.Limits(3, 10, 15, 4), Integer::longValue, nanos::get, BUSY::equals);
        laned.offer(BUSY, 4, 1);
        laned.offer(QUIET, 3, 1);

        assertThat(Objects.requireNonNull(laned.take(Lane.FRONT)).tenant()).isEqualTo(QUIET);
        assertThat(Objects.requireNonNull(laned.take(Lane.BACK)).tenant()).isEqualTo(BUSY);
    }

    private record Turn(TenantId tenant, List<Integer> works) {}

    private Turn next() throws InterruptedException {
        FairQueue.Group<Integer> group = take();
        return new Turn(group.tenant(), group.works());
    }

    private FairQueue.Group<Integer> take() throws InterruptedException {
        return Objects.requireNonNull(queue.take(Lane.FRONT));
    }
}
