package dev.sextant.engine.druid;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import dev.sextant.engine.RunHandle;
import dev.sextant.engine.Share;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives plans their turn: so many at once, of all tenants and of one. Of those who wait, the tenant is next that has the
 * least running, by its weight; of one tenant, whoever came first. On its loop alone.
 *
 * <p>Druid is asked less at once when its answers begin to take longer than they did: nodes share it without knowing of each
 * other, and what waits here can still be refused or overtaken, there it only makes all others slow.
 */
final class Turns {

    /** What one may have. */
    private record Part(int atOnce, double weight) {}

    private record Waiting(Promise<Long> turn, long since) {}

    private static final class Line {
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int running;
    }

    private static final int LEAST_AT_ONCE = 4;

    private final Vertx vertx;
    private final Context loop;
    private final DruidConfig.Queries limits;
    private final Map<TenantId, Line> lines = new HashMap<>();
    private final Map<TenantId, Part> parts = new HashMap<>();
    private final Limit pace;
    private int running;
    private int queued;

    Turns(Vertx vertx, DruidConfig.Queries limits) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.limits = limits;
        int least = Math.min(LEAST_AT_ONCE, limits.runningMax());
        this.pace = Gradient2Limit.newBuilder()
                .initialLimit(least)
                .minLimit(least)
                .maxConcurrency(limits.runningMax())
                .queueSize(1)
                .build();
    }

    void share(TenantId tenant, Share share) {
        int atOnce = Math.min(share.queriesAtOnce(), Math.max(1, limits.runningMax() - 1));
        loop.runOnContext(_ -> parts.put(tenant, new Part(atOnce, share.queryWeight())));
    }

    private Part part(TenantId tenant) {
        return parts.getOrDefault(tenant, new Part(limits.runningPerTenantMax(), 1));
    }

    /** Work that is given its turn, and takes it until it ends. */
    interface Work<T> {

        /** Begins it, after it has waited for so long. */
        Future<T> run(long queueNanos);
    }

    /** Fails with {@code Overloaded} where the queue is full, or it found no turn for too long. */
    <T> Future<T> run(TenantId tenant, Deadline deadline, RunHandle handle, Work<T> work) {
        return turn(tenant, deadline, handle).compose(queueNanos -> {
            long begun = System.nanoTime();
            return guarded(() -> work.run(queueNanos))
                    .onComplete(answer -> loop.runOnContext(_ -> ended(tenant, begun, tellsPace(answer))));
        });
    }

    /** Who ran out of time tells how slow Druid is, as who was answered does; who was refused at once tells nothing. */
    private static boolean tellsPace(AsyncResult<?> answer) {
        return answer.succeeded()
                || (answer.cause() instanceof ProblemException failed
                        && failed.problem() instanceof Problem.DeadlineExceeded);
    }

    private static <T> Future<T> guarded(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(DruidFailure.fault(e));
        }
    }

    private Future<Long> turn(TenantId tenant, Deadline deadline, RunHandle handle) {
        Promise<Long> promise = Promise.promise();
        loop.runOnContext(_ -> {
            Line line = lines.computeIfAbsent(tenant, _ -> new Line());
            if (queued >= limits.queuedMax() || line.waiting.size() >= limits.queuedPerTenantMax()) {
                promise.fail(new ProblemException(
                        new Problem.Overloaded(1, "Too many queries wait; ask again in a moment.")));
                return;
            }
            line.waiting.add(new Waiting(promise, System.nanoTime()));
            queued++;
            next();
            if (!promise.future().isComplete()) {
                giveUpIn(promise, deadline, handle);
            }
        });
        return promise.future();
    }

    private void giveUpIn(Promise<Long> promise, Deadline deadline, RunHandle handle) {
        long queuedFor = limits.queuedFor().toMillis();
        long left = Math.max(1, deadline.remaining().toMillis());
        Problem late = left < queuedFor
                ? DruidFailure.late()
                : new Problem.Overloaded(1, "The query found no turn in time; ask again in a moment.");
        long timer = vertx.setTimer(Math.min(left, queuedFor), _ -> promise.tryFail(new ProblemException(late)));
        handle.cancelled()
                .onSuccess(_ -> promise.tryFail(new ProblemException(new Problem.Cancelled("The query was stopped."))));
        promise.future().onComplete(_ -> vertx.cancelTimer(timer));
    }

    private void next() {
        int atOnce = pace.getLimit();
        int ofOneTenant = Math.max(1, atOnce - 1);
        while (running < atOnce) {
            Optional<Map.Entry<TenantId, Line>> best = lines.entrySet().stream()
                    .filter(entry -> !entry.getValue().waiting.isEmpty())
                    .filter(entry -> entry.getValue().running < Math.min(part(entry.getKey()).atOnce, ofOneTenant))
                    .min(Comparator.comparingDouble(entry -> entry.getValue().running / part(entry.getKey()).weight));
            if (best.isEmpty()) {
                return;
            }
            Line line = best.get().getValue();
            Waiting waiting = line.waiting.remove();
            queued--;
            if (waiting.turn.tryComplete(System.nanoTime() - waiting.since)) {
                line.running++;
                running++;
            }
        }
    }

    private void ended(TenantId tenant, long begun, boolean tellsPace) {
        if (tellsPace) {
            pace.onSample(begun, System.nanoTime() - begun, running, false);
        }
        Line line = lines.get(tenant);
        if (line != null) {
            line.running--;
            running--;
            if (line.running == 0 && line.waiting.isEmpty()) {
                lines.remove(tenant);
            }
        }
        next();
    }
}
