package dev.sextant.engine.duckdb;

import dev.sextant.kernel.TenantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits for threads: a line for each tenant, first come first served, and tenants in turn.
 *
 * <p>Bounded by the weight that waits, for each tenant and in all; where nothing waits, any weight is taken. Closed, it
 * takes nothing more and hands out what is left.
 */
final class FairQueue<W> {

    /**
     * @param runningPerTenantMax groups of one tenant that are under way at once
     * @param groupMax the most, by {@code share}, that is handed out together; a single work may be more
     */
    record Limits(int runningPerTenantMax, long tenantWeightMax, long weightMax, long groupMax) {}

    /** What is worked on together. */
    record Group<W>(TenantId tenant, List<W> works) {}

    private record Waiting<W>(W work, long weight) {}

    private static final class Line<W> {
        final ArrayDeque<Waiting<W>> waiting = new ArrayDeque<>();
        long weight;
        int running;
        boolean hasTurn;
    }

    private final Limits limits;
    private final ToLongFunction<W> share;
    private final Map<TenantId, Line<W>> tenantToLine = new HashMap<>();
    private final ArrayDeque<TenantId> turns = new ArrayDeque<>();
    private long weight;
    private boolean closed;

    FairQueue(Limits limits, ToLongFunction<W> share) {
        this.limits = limits;
        this.share = share;
    }

    /** Whether there was room. */
    synchronized boolean offer(TenantId tenant, W work, long workWeight) {
        Line<W> line = tenantToLine.get(tenant);
        long waitingWeight = line == null ? 0 : line.weight;
        boolean tooMuch = exceeds(waitingWeight, workWeight, limits.tenantWeightMax)
                || exceeds(weight, workWeight, limits.weightMax);
        if (closed || tooMuch) {
            return false;
        }
        Line<W> open = tenantToLine.computeIfAbsent(tenant, _ -> new Line<>());
        open.waiting.add(new Waiting<>(work, workWeight));
        open.weight += workWeight;
        weight += workWeight;
        giveTurn(tenant, open);
        return true;
    }

    private static boolean exceeds(long waiting, long more, long max) {
        return waiting > 0 && waiting + more > max;
    }

    /** Waits for work; null once the queue is closed and empty. Each group is to be ended by {@link #done}. */
    synchronized @Nullable Group<W> take() throws InterruptedException {
        while (turns.isEmpty()) {
            if (closed && weight == 0) {
                return null;
            }
            wait();
        }
        TenantId tenant = turns.remove();
        Line<W> line = line(tenant);
        line.hasTurn = false;
        line.running++;
        List<W> works = takeGroup(line);
        giveTurn(tenant, line);
        return new Group<>(tenant, works);
    }

    private List<W> takeGroup(Line<W> line) {
        List<W> works = new ArrayList<>();
        long shares = 0;
        Waiting<W> next = line.waiting.peek();
        while (next != null && (works.isEmpty() || shares + share.applyAsLong(next.work) <= limits.groupMax)) {
            works.add(next.work);
            shares += share.applyAsLong(next.work);
            leave(line, next);
            line.waiting.remove();
            next = line.waiting.peek();
        }
        return works;
    }

    private void leave(Line<W> line, Waiting<W> gone) {
        line.weight -= gone.weight;
        weight -= gone.weight;
        if (closed) {
            notifyAll(); // whoever waits for the end must look again
        }
    }

    synchronized void done(TenantId tenant) {
        Line<W> line = line(tenant);
        line.running--;
        giveTurn(tenant, line);
        dropIfIdle(tenant, line);
    }

    /** Takes work back that has not been handed out; whether it was still there. */
    synchronized boolean remove(TenantId tenant, W work) {
        Line<W> line = tenantToLine.get(tenant);
        if (line == null) {
            return false;
        }
        Waiting<W> found = line.waiting.stream()
                .filter(w -> w.work.equals(work))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return false;
        }
        line.waiting.remove(found);
        leave(line, found);
        if (line.waiting.isEmpty() && line.hasTurn) {
            turns.remove(tenant);
            line.hasTurn = false;
        }
        dropIfIdle(tenant, line);
        return true;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void giveTurn(TenantId tenant, Line<W> line) {
        if (!line.hasTurn && !line.waiting.isEmpty() && line.running < limits.runningPerTenantMax) {
            line.hasTurn = true;
            turns.add(tenant);
            notifyAll();
        }
    }

    private void dropIfIdle(TenantId tenant, Line<W> line) {
        if (line.running == 0 && line.waiting.isEmpty()) {
            tenantToLine.remove(tenant);
        }
    }

    private Line<W> line(TenantId tenant) {
        Line<W> line = tenantToLine.get(tenant);
        if (line == null) {
            throw new IllegalStateException("No work of this tenant is under way");
        }
        return line;
    }
}
