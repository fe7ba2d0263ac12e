package dev.sextant.audit;

import dev.sextant.http.AuditEntry;
import dev.sextant.http.ClientAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls of nobody, refused ones among them: a flood of them costs a row a minute for each address, and no more. Safe
 * from any thread.
 */
final class Counts {

    /** In place of the addresses beyond the bound: no caller is there. */
    static final ClientAddress OTHERS = new ClientAddress(-1, -1);

    /**
     * What is counted together.
     *
     * @param minute since 1970
     */
    record Counted(long minute, ClientAddress address, String operationId, int status, String code) {}

    private final Map<Counted, LongAdder> counts = new ConcurrentHashMap<>();
    private final int addressesMax;

    Counts(int addressesMax) {
        this.addressesMax = addressesMax;
    }

    void add(AuditEntry entry, long atMillis) {
        Counted counted = counted(entry, atMillis, entry.address());
        LongAdder count = counts.get(counted);
        if (count == null) {
            Counted kept = counts.size() < addressesMax ? counted : counted(entry, atMillis, OTHERS);
            count = counts.computeIfAbsent(kept, _ -> new LongAdder());
        }
        count.increment();
    }

    private static Counted counted(AuditEntry entry, long atMillis, ClientAddress address) {
        return new Counted(
                atMillis / 60_000,
                address,
                entry.operationId(),
                entry.outcome().status(),
                entry.outcome().code());
    }

    /** Takes out what was counted in minutes before this one. What is counted at the very moment may come in the next lot. */
    Map<Counted, Long> takeBefore(long minute) {
        Map<Counted, Long> taken = new HashMap<>();
        counts.entrySet().removeIf(counted -> {
            if (counted.getKey().minute() >= minute) {
                return false;
            }
            taken.put(counted.getKey(), counted.getValue().sum());
            return true;
        });
        return taken;
    }
}
