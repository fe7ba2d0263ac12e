package dev.sextant.audit;

import dev.sextant.audit.journal.Journal;
import dev.sextant.audit.journal.JournalConfig;
import dev.sextant.http.AuditEntry;
import dev.sextant.launch.children.DataFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints what it costs to keep a record, in ns and bytes, and how long the slowest took, at 50,000 records a second from each of
 * some threads. Run by hand: {@code KeepCost FOLDER THREADS}.
 */
public final class KeepCost {

    private static final int CALLS = 250_000;
    private static final long PACE_NANOS = 20_000;

    private KeepCost() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0])).resolve("keep-cost");
        JournalConfig roomy = new JournalConfig(8 << 20, 8L << 30, Duration.ofMillis(100));
        try (Journal journal = Journal.open(folder, roomy)) {
            JournaledTrail trail = new JournaledTrail(journal, new Counts(10), InstantSource.system());
            Thread[] threads = new Thread[Integer.parseInt(arguments[1])];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = Thread.ofPlatform().start(() -> run(trail));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        DataFolder.delete(folder);
    }

    private static void run(JournaledTrail trail) {
        AuditEntry entry = EntryCodecTest.entry("datasets/edits");
        measure(trail, entry);
        measure(trail, entry);
    }

    private static void measure(JournaledTrail trail, AuditEntry entry) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] nanos = new long[CALLS];
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long due = System.nanoTime();
        for (int call = 0; call < CALLS; call++) {
            due += PACE_NANOS;
            if (due - System.nanoTime() > 1_000_000) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long begun = System.nanoTime();
            trail.keep(entry);
            nanos[call] = System.nanoTime() - begun;
        }
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        Arrays.sort(nanos);
        System.out.printf(
                "p50 %d ns, p99 %d ns, p99.99 %d ns, slowest %d ns; %d bytes a call%n",
                nanos[CALLS / 2],
                nanos[CALLS / 100 * 99],
                nanos[CALLS / 10_000 * 9_999],
                nanos[CALLS - 1],
                bytes / CALLS);
    }
}
