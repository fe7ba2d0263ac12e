package dev.sextant.engine.duckdb;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;

/** How Linux runs this process's threads, each named by its number there; 0 is the calling one. */
final class LinuxScheduler {

    /** {@code PRIO_PROCESS} of {@code sys/resource.h}: a thread, on Linux. */
    private static final int ONE = 0;

    /** Its weight is 15 where that of 0, as all threads are from the start, is 1,024. */
    static final int NICEST = 19;

    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;

    /** {@code cpu_set_t}: 1,024 of them. */
    private static final int CPUS_BYTES = 128;

    private final MethodHandle getThread;
    private final MethodHandle setPriority;
    private final MethodHandle getAffinity;
    private final MethodHandle setAffinity;

    private LinuxScheduler(Linker linker) {
        this.getThread = handle(linker, "gettid");
        this.setPriority = handle(linker, "setpriority", INT, INT, INT);
        this.getAffinity = handle(linker, "sched_getaffinity", INT, SIZE, POINTER);
        this.setAffinity = handle(linker, "sched_setaffinity", INT, SIZE, POINTER);
    }

    /** @throws UnsupportedOperationException where this is not Linux, or its library is another one */
    static LinuxScheduler open() {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            throw new UnsupportedOperationException("this is not Linux");
        }
        return new LinuxScheduler(Linker.nativeLinker());
    }

    @SuppressWarnings("restricted") // The signatures are those of gettid(2), setpriority(2) and sched_setaffinity(2).
    private static MethodHandle handle(Linker linker, String name, MemoryLayout... parameters) {
        MemorySegment function = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("there is no " + name));
        return linker.downcallHandle(function, FunctionDescriptor.of(INT, parameters));
    }

    /** The calling thread's number. */
    int thread() {
        try {
            return (int) getThread.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e); // the call itself throws nothing
        }
    }

    /**
     * Whether the system did it.
     *
     * @param niceness 0 to {@link #NICEST}
     */
    boolean niceness(int thread, int niceness) {
        try {
            return (int) setPriority.invokeExact(ONE, thread, niceness) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // the call itself throws nothing
        }
    }

    /** The cores a thread may run on; none where the system does not tell. */
    BitSet cores(int thread) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(CPUS_BYTES);
            boolean told = (int) getAffinity.invokeExact(thread, (long) CPUS_BYTES, set) >= 0;
            return told ? BitSet.valueOf(set.asByteBuffer()) : new BitSet();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the system did it. */
    boolean cores(int thread, BitSet cores) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(CPUS_BYTES);
            MemorySegment.copy(cores.toByteArray(), 0, set, ValueLayout.JAVA_BYTE, 0, cores.toByteArray().length);
            return (int) setAffinity.invokeExact(thread, (long) CPUS_BYTES, set) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
