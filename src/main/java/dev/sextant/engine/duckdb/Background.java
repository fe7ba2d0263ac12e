package dev.sextant.engine.duckdb;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that run only where nobody else wants a core, by Linux's policy {@code SCHED_IDLE}: whoever wakes up takes their
 * core at once. No right is needed to enter it, but one to leave it ({@code CAP_SYS_NICE}, or {@code RLIMIT_NICE} of 20).
 *
 * <p>Where the system has no such thing they run like all others, and it is said once.
 */
final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    /** {@code linux/sched.h} */
    private static final int SCHED_OTHER = 0;

    private static final int SCHED_IDLE = 5;

    private static final int THIS_THREAD = 0;

    /** {@code struct sched_param} has one {@code int} on Linux, and must be zero here; some C libraries have more in it. */
    private static final int PARAMETER_BYTES = 64;

    private static final AtomicBoolean SAID = new AtomicBoolean();

    private Background() {}

    /** The calling thread runs in the background from now on. */
    static void enter() {
        String why = tried(THIS_THREAD, SCHED_IDLE);
        if (!why.isEmpty() && SAID.compareAndSet(false, true)) {
            LOG.warn(
                    "Engine[duckdb] cannot run threads in the background ({}): queries of tenants above their share run"
                            + " beside those of others, not after them",
                    why);
        }
    }

    /** Whether a thread that went to the background may come back; tried once. */
    static boolean letsGo() {
        return LetsGo.ANSWER;
    }

    /** A thread of this process, by its number, goes to the lane's side; it stays where it is if it has ended. */
    static void move(int thread, Lane lane) {
        tried(thread, lane == Lane.BACK ? SCHED_IDLE : SCHED_OTHER);
    }

    private static final class LetsGo {
        static final boolean ANSWER = goesAndReturns();
    }

    private static boolean goesAndReturns() {
        CompletableFuture<Boolean> returned = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> returned.complete(tried(THIS_THREAD, SCHED_IDLE).isEmpty()
                        && tried(THIS_THREAD, SCHED_OTHER).isEmpty()));
        return returned.join();
    }

    /** What went wrong; empty where nothing did. */
    private static String tried(int thread, int policy) {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            return "this is not Linux";
        }
        try (Arena arena = Arena.ofConfined()) {
            return (int) Native.SET_SCHEDULER.invokeExact(thread, policy, arena.allocate(PARAMETER_BYTES)) == 0
                    ? ""
                    : "the system refuses";
        } catch (Throwable e) {
            return e.toString();
        }
    }

    private static final class Native {

        /** {@code sched_setscheduler(2)} */
        static final MethodHandle SET_SCHEDULER = setScheduler();

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
}
