package dev.sextant.engine.duckdb;

import dev.sextant.kernel.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What tenants lately took of the machine, in CPU time of the threads that work for them. The share of each is a part of what all
 * of them took, equal unless weights say otherwise, so that nobody is above it who is alone, and whoever takes less for a while is within it again.
 * Safe for all threads.
 *
 * <p>What was taken counts half after {@link #HALF_LIFE_NANOS}, and so on; who took next to nothing is forgotten.
 */
final class Shares {

    static final long HALF_LIFE_NANOS = 10_000_000_000L;

    /** All uses are made smaller together, not more often than this. */
    private static final long STEP_NANOS = 100_000_000;

    /** Less than this is nothing: after a query of some milliseconds a tenant counts for about a minute. */
    private static final double USE_NANOS_MIN = 50_000;

    /** Work for a tenant that is under way: what it takes counts before it ends. */
    static final class Turn {

        private final TenantId tenant;
        private final LongSupplier cpuNanos;
        private long countedNanos;

        private Turn(TenantId tenant, LongSupplier cpuNanos) {
            this.tenant = tenant;
            this.cpuNanos = cpuNanos;
            this.countedNanos = cpuNanos.getAsLong();
        }
    }

    private final LongSupplier nanos;
    private final Set<Turn> turns = new HashSet<>();
    private final Map<TenantId, Double> tenantToUse = new HashMap<>();
    private final Map<TenantId, Double> tenantToWeight = new HashMap<>();
    private double sum;
    private long steppedNanos;

    /** @param nanos a clock that only goes forward */
    Shares(LongSupplier nanos) {
        this.nanos = nanos;
        this.steppedNanos = nanos.getAsLong();
    }

    /** @param cpuNanos of the thread that works; asked until the turn has ended */
    synchronized Turn begin(TenantId tenant, LongSupplier cpuNanos) {
        Turn turn = new Turn(tenant, cpuNanos);
        turns.add(turn);
        return turn;
    }

    synchronized void end(Turn turn) {
        turns.remove(turn);
        count(turn);
    }

    private void count(Turn turn) {
        long now = turn.cpuNanos.getAsLong();
        took(turn.tenant, now - turn.countedNanos);
        turn.countedNanos = now;
    }

    synchronized void took(TenantId tenant, long cpuNanos) {
        step();
        tenantToUse.merge(tenant, (double) cpuNanos, Double::sum);
        sum += cpuNanos;
    }

    /** Has what the tenant takes count as if it were so many times less. */
    synchronized void weigh(TenantId tenant, double weight) {
        if (weight == 1) {
            tenantToWeight.remove(tenant);
        } else {
            tenantToWeight.put(tenant, weight);
        }
    }

    /** Whether the tenant took more than its share. */
    synchronized boolean isAbove(TenantId tenant) {
        step();
        double counted = tenantToUse.getOrDefault(tenant, 0.0) / tenantToWeight.getOrDefault(tenant, 1.0);
        return tenantToUse.size() > 1 && counted * weights() > sum;
    }

    /** Of those who took something lately. */
    private double weights() {
        double weights = tenantToUse.size();
        for (Map.Entry<TenantId, Double> other : tenantToWeight.entrySet()) {
            weights += tenantToUse.containsKey(other.getKey()) ? other.getValue() - 1 : 0;
        }
        return weights;
    }

    private void step() {
        long passed = nanos.getAsLong() - steppedNanos;
        if (passed < STEP_NANOS) {
            return;
        }
        steppedNanos += passed;
        double left = Math.pow(0.5, (double) passed / HALF_LIFE_NANOS);
        tenantToUse.replaceAll((_, use) -> use * left);
        tenantToUse.values().removeIf(use -> use < USE_NANOS_MIN);
        sum = tenantToUse.values().stream().mapToDouble(Double::doubleValue).sum();
        turns.forEach(this::count);
    }
}
