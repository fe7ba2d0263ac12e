package dev.sextant.engine.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/**
 * The threads of one tenant's instance that help whoever runs a statement. They follow the tenant to the background and
 * back; where the system would not let them come back, they never go.
 *
 * <p>The engine does not tell which threads are its own. They bear the name of the thread that started them.
 */
final class Helpers {

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final List<Integer> threads;
    private Lane lane = Lane.FRONT;

    private Helpers(List<Integer> threads) {
        this.threads = threads;
        move(lane);
    }

    /** Starts them. Only before the settings are locked; there are none yet. */
    static Helpers start(DuckDBConnection connection, int threadsWithCaller) throws SQLException {
        String name = "duckdb-" + NUMBER.incrementAndGet();
        FutureTask<Helpers> start = new FutureTask<>(() -> {
            Sql.execute(connection, "SET GLOBAL threads = " + threadsWithCaller);
            return new Helpers(Background.letsGo() ? startedByThisThread(name) : List.of());
        });
        Thread.ofPlatform().name(name).daemon().start(start);
        try {
            return start.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while the engine's threads were started", e);
        } catch (ExecutionException e) {
            throw new SQLException(e.getCause());
        }
    }

    private static List<Integer> startedByThisThread(String name) throws IOException {
        Path self = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
        try (Stream<Path> tasks = Files.list(TASKS)) {
            return tasks.filter(task -> !task.getFileName().equals(self) && name.equals(name(task)))
                    .map(task -> Integer.valueOf(task.getFileName().toString()))
                    .toList();
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /** What they help with from now on is done in this lane. Only while the instance is open. */
    synchronized void follow(Lane next) {
        if (next != lane) {
            lane = next;
            move(next);
        }
    }

    private void move(Lane next) {
        threads.forEach(thread -> Background.move(thread, next));
    }
}
