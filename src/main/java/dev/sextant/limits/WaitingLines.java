package dev.sextant.limits;

import dev.sextant.limits.Account.Owner;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Calls that wait for their turn, in a line for each owner: first come, first served, and nobody passes whoever waits. A line
 * is bounded, and so is the time in it. Safe for all threads; a call goes on where it came from.
 */
final class WaitingLines {

    private record Waiter(BooleanSupplier turn, long untilNanos, Context context, Promise<Boolean> promise) {

        /** Where the call came from, whatever thread this is. */
        void goOn(boolean taken) {
            context.runOnContext(_ -> promise.tryComplete(taken));
        }
    }

    private final int waitersMax;
    private final Map<Owner, Queue<Waiter>> ownerToLine = new ConcurrentHashMap<>();

    WaitingLines(int waitersMax) {
        this.waitersMax = waitersMax;
    }

    /** Whether somebody waits there. */
    boolean isBusy(Owner owner) {
        return !ownerToLine.isEmpty() && ownerToLine.containsKey(owner);
    }

    /**
     * Waits. For event loops.
     *
     * @param turn tries to take what the call needs
     * @return true once {@code turn} succeeded; false where it did not in time, or where too many wait
     */
    Future<Boolean> join(Owner owner, BooleanSupplier turn, long untilNanos) {
        Promise<Boolean> promise = Promise.promise();
        Waiter waiter = new Waiter(turn, untilNanos, Vertx.currentContext(), promise);
        ownerToLine.compute(owner, (_, line) -> {
            Queue<Waiter> open = line == null ? new ArrayDeque<>() : line;
            if (open.size() < waitersMax) {
                open.add(waiter);
            } else {
                promise.tryComplete(false);
            }
            return open.isEmpty() ? null : open;
        });
        return promise.future();
    }

    /** Lets go on whose turn it is; to be called often. */
    void move(long nowNanos) {
        for (Owner owner : ownerToLine.keySet()) {
            ownerToLine.computeIfPresent(owner, (_, line) -> {
                moveOn(line, nowNanos);
                return line.isEmpty() ? null : line;
            });
        }
    }

    private static void moveOn(Queue<Waiter> line, long nowNanos) {
        for (Waiter first = line.peek(); first != null; first = line.peek()) {
            boolean isLate = nowNanos - first.untilNanos() >= 0;
            if (!isLate && !first.turn().getAsBoolean()) {
                return;
            }
            line.remove();
            first.goOn(!isLate);
        }
    }
}
