package dev.sextant.perf;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** This process's heap: the most of it that was in use since the watch began, garbage included. */
final class Heap {

    private static final Set<String> POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());

    private final AtomicLong mostBytes = new AtomicLong();

    private Heap() {}

    /** It is fullest when it is about to be collected. */
    static Heap watch() {
        Heap heap = new Heap();
        ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(NotificationEmitter.class::cast)
                .forEach(collector -> collector.addNotificationListener((told, _) -> heap.collected(told), null, null));
        return heap;
    }

    private void collected(Notification told) {
        if (told.getUserData() instanceof CompositeData data) {
            GcInfo collection = GarbageCollectionNotificationInfo.from(data).getGcInfo();
            Map<String, MemoryUsage> before = collection.getMemoryUsageBeforeGc();
            note(before.entrySet().stream()
                    .filter(pool -> POOLS.contains(pool.getKey()))
                    .mapToLong(pool -> pool.getValue().getUsed())
                    .sum());
        }
    }

    private void note(long bytes) {
        mostBytes.accumulateAndGet(bytes, Math::max);
    }

    double peakMebibytes() {
        note(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        return mostBytes.get() / 1048576.0;
    }

    static double maxMebibytes() {
        return Runtime.getRuntime().maxMemory() / 1048576.0;
    }
}
