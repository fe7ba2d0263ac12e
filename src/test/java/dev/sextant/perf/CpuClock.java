package dev.sextant.perf;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The CPU time that this process has taken since the clock was started. */
final class CpuClock {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long startedNanos = SYSTEM.getProcessCpuTime();

    double microsFor(long requests) {
        return (SYSTEM.getProcessCpuTime() - startedNanos) / 1_000.0 / Math.max(1, requests);
    }

    /** Of the whole machine over the last minute. */
    static double load() {
        return SYSTEM.getSystemLoadAverage();
    }
}
