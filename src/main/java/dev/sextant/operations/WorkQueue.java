package dev.sextant.operations;

import dev.sextant.kernel.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Work that waits and work that runs. First come, first served, but that no tenant has more than its number running.
 * Safe for all threads.
 */
final class WorkQueue {

    private final int runningMax;
    private final int runningPerTenantMax;
    private final Map<String, Work> idToWaiting = new LinkedHashMap<>();
    private final Map<String, Work> idToRunning = new HashMap<>();

    WorkQueue(int runningMax, int runningPerTenantMax) {
        this.runningMax = runningMax;
        this.runningPerTenantMax = runningPerTenantMax;
    }

    synchronized void add(Work work) {
        idToWaiting.putIfAbsent(work.submission().id(), work);
    }

    /** What may begin now; it counts as running from here on. */
    synchronized List<Work> begin() {
        List<Work> begun = new ArrayList<>();
        Iterator<Work> waiting = idToWaiting.values().iterator();
        while (waiting.hasNext() && idToRunning.size() < runningMax) {
            Work next = waiting.next();
            if (running(next.tenant()) < runningPerTenantMax) {
                waiting.remove();
                idToRunning.put(next.submission().id(), next);
                begun.add(next);
            }
        }
        return begun;
    }

    private long running(TenantId tenant) {
        return idToRunning.values().stream()
                .filter(work -> work.tenant().equals(tenant))
                .count();
    }

    synchronized Optional<Work> find(String id) {
        return Optional.ofNullable(idToRunning.get(id)).or(() -> Optional.ofNullable(idToWaiting.get(id)));
    }

    /** Of all that waits and runs. */
    synchronized List<String> ids() {
        List<String> ids = new ArrayList<>(idToWaiting.keySet());
        ids.addAll(idToRunning.keySet());
        return ids;
    }

    synchronized void remove(String id) {
        idToWaiting.remove(id);
        idToRunning.remove(id);
    }
}
