package dev.sextant.launch.children;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Data folders for tests, below the system's temporary folder. */
public final class TestFolders {

    private static final String PREFIX = "sextant-test-";

    /** A folder this young may belong to a test that has not locked it yet. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private TestFolders() {}

    /** A new one; what test runs left behind that were killed is ended and deleted first. */
    public static Path make() {
        try {
            try (Stream<Path> folders = Files.list(temporary())) {
                List<Path> leftOver = folders.filter(TestFolders::isLeftOver).toList();
                leftOver.forEach(TestFolders::clean);
            }
            return Files.createTempDirectory(temporary(), PREFIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void delete(Path folder) {
        try {
            PrivateFiles.deleteAll(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLeftOver(Path path) {
        try {
            return path.getFileName().toString().startsWith(PREFIX)
                    && Files.getLastModifiedTime(path)
                            .toInstant()
                            .isBefore(Instant.now().minus(YOUNG));
        } catch (IOException e) {
            return false; // deleted meanwhile
        }
    }

    private static void clean(Path path) {
        try (DataFolder folder = DataFolder.open(path)) {
            Children.open(folder).close();
            delete(path);
        } catch (CannotStartException e) {
            // In use: its test still runs.
        }
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
