package dev.sextant.engine.duckdb;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that run only where nobody else wants a core, by Linux's policy {@code SCHED_IDLE}: whoever wakes up takes their
 * core at once. No right is needed to enter it, but one to leave it; so a thread stays. Threads that it starts stay, too.
 *
 * <p>Where the system has no such thing they run like all others, and it is said once.
 */
final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    /** {@code linux/sched.h} */
    private static final int SCHED_IDLE = 5;

    private static final int THIS_THREAD = 0;

    /** {@code struct sched_param} has one {@code int} on Linux, and must be zero here; some C libraries have more in it. */
    private static final int PARAMETER_BYTES = 64;

    private static final AtomicBoolean SAID = new AtomicBoolean();

    private Background() {}

    /** The calling thread runs in the background from now on. */
    static void enter() {
        String why = isLinux() ? tried() : "this is not Linux";
        if (!why.isEmpty() && SAID.compareAndSet(false, true)) {
            LOG.warn(
                    "Engine[duckdb] cannot run threads in the background ({}): queries of tenants above their share run"
                            + " beside those of others, not after them",
                    why);
        }
    }

    private static boolean isLinux() {
        return "Linux".equals(System.getProperty("os.name"));
    }

    /** What went wrong; empty where nothing did. */
    private static String tried() {
        try (Arena arena = Arena.ofConfined()) {
            return (int) setScheduler().invokeExact(THIS_THREAD, SCHED_IDLE, arena.allocate(PARAMETER_BYTES)) == 0
                    ? ""
                    : "the system refuses";
        } catch (Throwable e) {
            return e.toString();
        }
    }

    @SuppressWarnings("restricted") // The signature is that of sched_setscheduler(2).
    private static MethodHandle setScheduler() {
        Linker linker = Linker.nativeLinker();
        MemorySegment function =
                linker.defaultLookup().find("sched_setscheduler").orElseThrow();
        return linker.downcallHandle(
                function,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }
}
