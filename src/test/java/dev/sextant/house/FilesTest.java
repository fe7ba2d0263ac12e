package dev.sextant.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every source file, whatever it is about. */
class FilesTest {

    private static final int LINES_MAX = 400;

    /** A check that is switched off, up to the end of its statement and of the comment behind it. */
    private static final Pattern SUPPRESSION = Pattern.compile("@SuppressWarnings\\([^)]*\\)([^\\n]*)");

    @Test
    void noFileIsLongerThanTheLimit() throws IOException {
        assertThat(sources().filter(file -> lines(file) > LINES_MAX)).isEmpty();
    }

    @Test
    void everySilencedCheckHasItsReasonBesideIt() throws IOException {
        assertThat(sources()
                        .filter(file -> SUPPRESSION
                                .matcher(text(file))
                                .results()
                                .anyMatch(suppression -> !suppression.group(1).contains("//"))))
                .isEmpty();
    }

    @Test
    void everyRoomTellsTheWayThroughIt() throws IOException {
        assertThat(sources()
                        .filter(file -> file.startsWith("src/main"))
                        .map(Path::getParent)
                        .distinct()
                        .filter(room -> !Files.exists(room.resolve("package-info.java"))))
                .isEmpty();
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }

    private static long lines(Path file) {
        return text(file).lines().count();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
