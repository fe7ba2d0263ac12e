package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.engine.TenantCopies.Copied;
import dev.sextant.kernel.Problem.LimitExceeded;
import dev.sextant.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCopyTest {

    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    private Path folder;

    private Path file;
    private Path copies;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("events.duckdb"), "events");
        copies = Files.createDirectory(folder.resolve("copies"));
    }

    @Test
    void takesTheFileAndItsLogAndTellsHowLongItTook() throws IOException {
        Files.writeString(folder.resolve("events.duckdb.wal"), "log");
        FileCopy copy = new FileCopy(() -> nanos.getAndAdd(1_000_000), Duration.ofSeconds(1));

        Copied copied = copy.run(file, copies);

        assertThat(copied.bytes()).isEqualTo(9);
        assertThat(copied.paused()).isBetween(Duration.ofMillis(1), Duration.ofMillis(10));
        assertThat(copies.resolve("events.duckdb")).hasContent("events");
        assertThat(copies.resolve("events.duckdb.wal")).hasContent("log");
    }

    @Test
    void givesUpWhenTheEventsHaveWaitedForTooLong() {
        FileCopy copy = new FileCopy(nanos::get, Duration.ofSeconds(1));
        nanos.set(Duration.ofSeconds(2).toNanos());

        assertThatThrownBy(() -> copy.run(file, copies))
                .isInstanceOf(ProblemException.class)
                .extracting("problem", InstanceOfAssertFactories.type(LimitExceeded.class))
                .returns("backup.pause_max", LimitExceeded::limit);
    }
}
