package dev.sextant.launch.children;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends processes, ours or left behind: politely, then by force, within a bounded time. */
final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final long LOOK_EVERY_MILLIS = 10;

    private Ending() {}

    /** Returns once the process is gone, or nothing more can be done about it. */
    static void end(ChildKind kind, long pid, String mark) {
        for (ChildKind.Step step : kind.ending()) {
            if (!ProcessMark.isAlive(pid, mark)) {
                return;
            }
            signal(step.signal(), pid);
            awaitEnd(pid, mark, step.patience());
        }
        if (ProcessMark.isAlive(pid, mark)) {
            LOG.error("Process {} ({}) does not end", pid, kind.text());
        }
    }

    /** Java itself knows only TERM and KILL. */
    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(1, TimeUnit.SECONDS);
        } catch (IOException e) {
            LOG.warn("Cannot send signal {} to process {}", name, pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(long pid, String mark, Duration patience) {
        long untilNanos = System.nanoTime() + patience.toNanos();
        while (ProcessMark.isAlive(pid, mark) && System.nanoTime() - untilNanos < 0) {
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
