package dev.sextant.engine.duckdb;

import dev.sextant.kernel.TenantId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits for threads: a line for each tenant, first come first served. The next turn is that of the tenant whose
 * work has cost least so far, in time on the threads; so tenants get equal shares of the time, not of the turns, and one
 * that asks little is served at once, however much another has waiting.
 *
 * <p>A turn has a lane, chosen when it is given: a tenant above its share of the machine waits for the threads of the other
 * lane.
 *
 * <p>Bounded by the weight that waits, for each tenant and in all; where nothing waits, any weight is taken, and work
 * without weight always. Closed, it takes nothing more and hands out what is left.
 *
 * <p>Source of the shares: Goyal, Vin, Cheng, Start-time Fair Queuing, 1996, section 2: who comes back from a pause starts
 * where the others are now, and saves up nothing. The cost of a turn is known at its end; until then it is taken to be
 * what the tenant's turns cost lately.
 */
final class FairQueue<W> {

    /**
     * @param runningPerTenantMax groups of one tenant that are under way at once
     * @param groupMax the most, by {@code share}, that is handed out together; a single work may be more
     */
    record Limits(int runningPerTenantMax, long tenantWeightMax, long weightMax, long groupMax) {}

    /**
     * What one tenant gets.
     *
     * @param runningMax groups of it that are under way at once
     * @param weight its turns count as if they had cost so many times less
     */
    record Part(int runningMax, double weight) {}

    /**
     * What is worked on together.
     *
     * @param startedNanos by the queue's clock
     * @param assumedNanos what it was taken to cost
     */
    record Group<W>(TenantId tenant, List<W> works, long startedNanos, long assumedNanos) {}

    /** Above it, what is remembered of tenants that have no work is looked through. */
    private static final int DEBTORS_MAX = 1024;

    private final Limits limits;
    private final Part usual;
    private final ToLongFunction<W> share;
    private final LongSupplier nanos;
    private final Map<TenantId, Line<W>> tenantToLine = new HashMap<>();
    private final Map<TenantId, Long> tenantToDebt = new HashMap<>();
    private final Map<TenantId, Part> tenantToPart = new HashMap<>();
    private final Map<Lane, NavigableSet<Line<W>>> laneToTurns = new EnumMap<>(Lane.class);
    private final Predicate<TenantId> isAboveShare;
    private long weight;
    private long turnsGiven;
    private long nowSpent;
    private boolean closed;

    /**
     * @param nanos a clock that only goes forward
     * @param isAboveShare who goes to the back
     */
    FairQueue(Limits limits, ToLongFunction<W> share, LongSupplier nanos, Predicate<TenantId> isAboveShare) {
        for (Lane lane : Lane.values()) {
            laneToTurns.put(lane, new TreeSet<>(Line.order()));
        }
        this.isAboveShare = isAboveShare;
        this.limits = limits;
        this.usual = new Part(limits.runningPerTenantMax(), 1);
        this.share = share;
        this.nanos = nanos;
    }

    /** Gives a tenant its part from now on; until then it has the usual one. */
    synchronized void part(TenantId tenant, Part part) {
        if (part.equals(usual)) {
            tenantToPart.remove(tenant);
        } else {
            tenantToPart.put(tenant, part);
        }
        Line<W> line = tenantToLine.get(tenant);
        if (line != null) {
            giveTurn(line);
        }
    }

    private Part part(TenantId tenant) {
        return tenantToPart.getOrDefault(tenant, usual);
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
        Line<W> open = tenantToLine.computeIfAbsent(tenant, this::newLine);
        open.waiting.add(new Line.Waiting<>(work, workWeight));
        open.weight += workWeight;
        weight += workWeight;
        giveTurn(open);
        return true;
    }

    private static boolean exceeds(long waiting, long more, long max) {
        return more > 0 && waiting > 0 && waiting + more > max;
    }

    private Line<W> newLine(TenantId tenant) {
        Long debt = tenantToDebt.remove(tenant);
        return new Line<>(tenant, debt == null ? nowSpent : Math.max(debt, nowSpent));
    }

    /** Waits for work; null once the queue is closed and empty. Each group is to be ended by {@link #done}. */
    synchronized @Nullable Group<W> take(Lane lane) throws InterruptedException {
        NavigableSet<Line<W>> turns = turns(lane);
        while (turns.isEmpty()) {
            if (closed && isEmpty()) {
                return null;
            }
            wait();
        }
        Line<W> line = turns.removeFirst();
        line.hasTurn = false;
        line.running++;
        nowSpent = Math.max(nowSpent, line.spentNanos);
        long assumed = (long) (line.usualNanos / part(line.tenant).weight());
        line.spentNanos += assumed;
        List<W> works = takeGroup(line);
        giveTurn(line);
        return new Group<>(line.tenant, works, nanos.getAsLong(), assumed);
    }

    private NavigableSet<Line<W>> turns(Lane lane) {
        return Objects.requireNonNull(laneToTurns.get(lane));
    }

    private boolean isEmpty() {
        return tenantToLine.values().stream().allMatch(line -> line.waiting.isEmpty());
    }

    private List<W> takeGroup(Line<W> line) {
        List<W> works = new ArrayList<>();
        long shares = 0;
        Line.Waiting<W> next = line.waiting.peek();
        while (next != null && (works.isEmpty() || shares + share.applyAsLong(next.work()) <= limits.groupMax)) {
            works.add(next.work());
            shares += share.applyAsLong(next.work());
            line.waiting.remove();
            left(line, next);
            next = line.waiting.peek();
        }
        return works;
    }

    private void left(Line<W> line, Line.Waiting<W> gone) {
        line.weight -= gone.weight();
        weight -= gone.weight();
        if (closed) {
            notifyAll(); // whoever waits for the end must look again
        }
    }

    synchronized void done(Group<W> group) {
        Line<W> line = tenantToLine.get(group.tenant());
        if (line == null || line.running == 0) {
            throw new IllegalStateException("No work of this tenant is under way");
        }
        boolean hadTurn = turns(line.lane).remove(line);
        double share = part(line.tenant).weight();
        line.ended((long) ((nanos.getAsLong() - group.startedNanos()) / share), group.assumedNanos(), share);
        line.hasTurn = false;
        if (hadTurn || !line.waiting.isEmpty()) {
            giveTurn(line);
        }
        dropIfIdle(line);
    }

    /** Takes work back that has not been handed out; whether it was still there. */
    synchronized boolean remove(TenantId tenant, W work) {
        Line<W> line = tenantToLine.get(tenant);
        if (line == null) {
            return false;
        }
        Line.Waiting<W> found = line.waiting.stream()
                .filter(w -> w.work().equals(work))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return false;
        }
        line.waiting.remove(found);
        left(line, found);
        if (line.waiting.isEmpty() && line.hasTurn) {
            turns(line.lane).remove(line);
            line.hasTurn = false;
        }
        dropIfIdle(line);
        return true;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void giveTurn(Line<W> line) {
        if (!line.hasTurn
                && !line.waiting.isEmpty()
                && line.running < part(line.tenant).runningMax()) {
            line.hasTurn = true;
            line.turn = turnsGiven++;
            line.lane = isAboveShare.test(line.tenant) ? Lane.BACK : Lane.FRONT;
            turns(line.lane).add(line);
            notifyAll();
        }
    }

    private void dropIfIdle(Line<W> line) {
        if (line.running > 0 || !line.waiting.isEmpty()) {
            return;
        }
        tenantToLine.remove(line.tenant);
        if (line.spentNanos > nowSpent) {
            tenantToDebt.put(line.tenant, line.spentNanos); // else a short pause would wipe it out
        }
        if (tenantToDebt.size() > DEBTORS_MAX) {
            tenantToDebt.values().removeIf(debt -> debt <= nowSpent);
        }
    }
}
