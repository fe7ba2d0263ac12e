package dev.sextant.launch.children;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at the processes of a data folder, and kills them. */
public final class TestProcesses {

    private TestProcesses() {}

    /** As {@code kill -9} does. The number of the process that was killed. */
    public static long kill(Path folder, String child) {
        long pid = pid(folder, child);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        return pid;
    }

    /** As {@code SIGTERM} does. The number of the process that was told. */
    public static long terminate(Path folder, String child) {
        long pid = pid(folder, child);
        ProcessHandle.of(pid).orElseThrow().destroy();
        return pid;
    }

    /** Whether the child is another process by now. */
    public static boolean isAnother(Path folder, String child, long pid) {
        return pid(folder, child) != pid;
    }

    /** All at once. */
    public static void killAll(Path folder) {
        new Register(folder.resolve("children.json"))
                .all()
                .forEach(child -> ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** The first of the child's ports. */
    public static int port(Path folder, String child) {
        return new Register(folder.resolve("children.json"))
                .entry(child)
                .orElseThrow()
                .port();
    }

    /** Whether a part that others stand on takes requests. */
    public static boolean answers(Path folder, String child) {
        int port = port(folder, child);
        return child.equals("kafka") ? KafkaFiles.answers(port) : DruidFiles.answers(port);
    }

    /** Of the one that was started last. */
    static long pid(Path folder, String child) {
        Register register = new Register(folder.resolve("children.json"));
        return register.entry(child).orElseThrow().pid();
    }

    /** The processes that work in the folder or below, whoever started them. */
    static List<Long> in(Path folder) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid ->
                        workingFolder(pid).filter(f -> f.startsWith(folder)).isPresent())
                .toList();
    }

    /** Where a process listens, as the system's tables have it: address and port in hex. */
    static List<String> listeners(long pid) {
        List<String> sockets = sockets(pid);
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[3].equals("0A") && sockets.contains("socket:[" + fields[9] + "]"))
                .map(fields -> fields[1])
                .toList();
    }

    private static List<String> sockets(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.flatMap(file -> target(file).stream())
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> workingFolder(long pid) {
        return target(Path.of("/proc/" + pid + "/cwd"));
    }

    private static Optional<Path> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException e) {
            return Optional.empty(); // gone meanwhile
        }
    }
}
