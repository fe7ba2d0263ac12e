package dev.sextant.query.log;

import dev.sextant.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the queries of this node until they are written. Safe for all threads, and never waits; what is counted at the
 * very moment of writing may be lost. A tenant's shapes beyond the bound are not counted until the next writing.
 */
public final class QueryLog {

    /** Longer ones are not kept. */
    private static final int SHAPE_CHARACTERS_MAX = 4_000;

    private final int shapesPerTenantMax;
    private final ConcurrentHashMap<TenantId, ConcurrentHashMap<LogLine, Tally>> tenantToTallies =
            new ConcurrentHashMap<>();

    public QueryLog(QueryLogConfig config) {
        this.shapesPerTenantMax = config.shapesPerTenantMax();
    }

    /** Such a query was asked, whatever answered it. */
    public void asked(LogLine line) {
        Tally tally = tally(line);
        if (tally != null) {
            tally.asked();
        }
    }

    /** The engine read the events for such a query. */
    public void scanned(LogLine line, long rows, long nanos) {
        add(line, new Counts(0, 1, rows, 0, 0, nanos / 1_000));
    }

    /** The engine read a rollup for such a query. */
    public void readRollup(LogLine line, long rows, long nanos) {
        add(line, new Counts(0, 0, 0, 1, rows, nanos / 1_000));
    }

    void add(LogLine line, Counts counts) {
        Tally tally = tally(line);
        if (tally != null) {
            tally.add(counts);
        }
    }

    private @Nullable Tally tally(LogLine line) {
        Map<LogLine, Tally> tallies = tenantToTallies.computeIfAbsent(line.tenant(), _ -> new ConcurrentHashMap<>());
        Tally tally = tallies.get(line);
        if (tally != null) {
            return tally;
        }
        boolean isKept = tallies.size() < shapesPerTenantMax && line.shape().length() <= SHAPE_CHARACTERS_MAX;
        return isKept ? tallies.computeIfAbsent(line, _ -> new Tally()) : null;
    }

    Set<TenantId> tenants() {
        return Set.copyOf(tenantToTallies.keySet());
    }

    /** What was counted of the tenant; it is counted from nothing again. */
    Map<LogLine, Counts> drain(TenantId tenant) {
        Map<LogLine, Tally> tallies = tenantToTallies.remove(tenant);
        Map<LogLine, Counts> counts = new HashMap<>();
        if (tallies != null) {
            tallies.forEach((line, tally) -> counts.put(line, tally.counts()));
        }
        return counts;
    }
}
