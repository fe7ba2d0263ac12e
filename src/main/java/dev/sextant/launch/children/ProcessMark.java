package dev.sextant.launch.children;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a process from a later one with the same number: the boot, and the clock tick at which it was started.
 *
 * <p>Source: Linux proc(5), {@code /proc/pid/stat} fields 3 (state) and 22 (starttime).
 */
final class ProcessMark {

    private static final int STATE = 0;
    private static final int STARTED = 19;

    private ProcessMark() {}

    /** The mark of the process with this number; empty where there is none, or it is dead and only not yet buried. */
    static Optional<String> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name of the program stands before, in brackets, and may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return "Z".equals(fields[STATE]) ? Optional.empty() : Optional.of(boot() + ":" + fields[STARTED]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static boolean isAlive(long pid, String mark) {
        return of(pid).filter(mark::equals).isPresent();
    }

    private static String boot() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }
}
