package dev.sextant.engine.druid;

import dev.sextant.engine.RunHandle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is visible: all entries whose rows Druid has read, in their order. For one thread.
 *
 * <p>That a task has read a row is not all: where it is the first of its segment, the brokers must hear of the segment too.
 * So the first entry that has rows in a segment is counted in Druid before it counts as visible.
 */
final class Progress {

    private record Waiter(long version, Promise<Void> promise) {}

    private final Consumer<Arrival> shown;
    private final Function<Arrival, Future<Boolean>> proof;
    private final Predicate<Arrival> mayBeGone;
    private final Function<Long, Long> segment;
    private final Deque<Arrival> pending = new ArrayDeque<>();
    private final Set<Long> provenSegments = new HashSet<>();
    private final Doubts doubts;
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>(Comparator.comparingLong(Waiter::version));
    private long reached;
    private long visible;
    private long visibleEnd = -1;
    private boolean proving;

    /**
     * @param shown hears of each entry that becomes visible
     * @param proof whether all rows of an entry are found
     * @param mayBeGone whether rows of an entry may have been taken out: then nothing follows from what is found
     * @param segment of a row, by the hour it lies in
     */
    Progress(
            Consumer<Arrival> shown,
            Function<Arrival, Future<Boolean>> proof,
            Predicate<Arrival> mayBeGone,
            Function<Long, Long> segment) {
        this.shown = shown;
        this.proof = proof;
        this.mayBeGone = mayBeGone;
        this.segment = segment;
        this.doubts = new Doubts(proof, mayBeGone);
    }

    /** All of this version and before it is visible, whoever has read it. */
    void beginAt(long version) {
        visible = version;
        pending.removeIf(arrival -> arrival.version() <= version);
    }

    void take(List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            if (arrival.version() > visible) {
                pending.add(arrival);
            }
        }
        advance();
    }

    /** Druid's tasks have read up to this offset of the topic of rows, without it. */
    void reach(long offset) {
        reached = offset;
        advance();
    }

    /** Another task reads now, or another broker answers: its segments are new, and what was visible is to be found again. */
    void doubt() {
        provenSegments.clear();
        doubts.begin();
    }

    /** Whether all that was visible has been found again. */
    boolean isCertain() {
        doubts.settle();
        return !doubts.areOpen();
    }

    private void advance() {
        while (!proving && !pending.isEmpty() && pending.element().endOffset() < reached) {
            Arrival next = pending.element();
            if (!isProven(next) && !mayBeGone.test(next)) {
                prove(next);
                return;
            }
            pending.remove();
            visible = next.version();
            visibleEnd = next.endOffset();
            next.hourToRows().keySet().forEach(hour -> doubts.remember(segment.apply(hour), next));
            shown.accept(next);
        }
        while (!waiters.isEmpty() && waiters.element().version <= visible) {
            waiters.remove().promise.tryComplete();
        }
    }

    private boolean isProven(Arrival arrival) {
        return arrival.hourToRows().keySet().stream().allMatch(hour -> provenSegments.contains(segment.apply(hour)));
    }

    private void prove(Arrival arrival) {
        proving = true;
        proof.apply(arrival).onComplete(found -> {
            proving = false;
            if (found.succeeded() && found.result()) {
                arrival.hourToRows().keySet().forEach(hour -> provenSegments.add(segment.apply(hour)));
                advance();
            }
        });
    }

    long visible() {
        return visible;
    }

    /** Whether something is on its way. */
    boolean isBehind() {
        return !pending.isEmpty();
    }

    long behind() {
        return pending.size();
    }

    /** Whether whoever has read up to this offset has all that is visible. */
    boolean covers(long offset) {
        return offset > visibleEnd;
    }

    /** Completes when the version is visible; never fails by itself. */
    Future<Void> visible(long version, RunHandle handle) {
        if (version <= visible) {
            return Future.succeededFuture();
        }
        Waiter waiter = new Waiter(version, Promise.promise());
        waiters.add(waiter);
        handle.cancelled().onSuccess(_ -> waiter.promise.tryFail("Nobody waits any more"));
        return waiter.promise.future();
    }
}
