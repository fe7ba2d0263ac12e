package dev.sextant.engine.duckdb;

import dev.sextant.engine.TenantCopies.Copied;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a tenant's file and its log while nothing is written: what {@link TenantFile#open} makes of the two is what it would make
 * of them after a crash at that moment, the last commit. The system does the copying, and where its files can share blocks it
 * copies nothing.
 */
final class FileCopy {

    private static final Logger LOG = LoggerFactory.getLogger(FileCopy.class);

    /** Between two looks at the clock. */
    private static final long PIECE_BYTES = 32L << 20;

    private final LongSupplier nanos;
    private final Duration pauseMax;
    private final long begunNanos;

    /** @param pauseMax from now on */
    FileCopy(LongSupplier nanos, Duration pauseMax) {
        this.nanos = nanos;
        this.pauseMax = pauseMax;
        this.begunNanos = nanos.getAsLong();
    }

    /** The log of a file of DuckDB's stands beside it. */
    static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + ".wal");
    }

    /** @throws ProblemException {@code LimitExceeded} where the time is over; {@code Unavailable} where the disk fails */
    Copied run(Path file, Path folder) {
        try {
            return copied(file, folder);
        } catch (IOException e) {
            LOG.error("A tenant's file could not be copied", e);
            throw new ProblemException(
                    new Problem.Unavailable("backup", "The disk of the backup, or of the data, does not work."));
        }
    }

    private Copied copied(Path file, Path folder) throws IOException {
        long bytes = copy(file, folder);
        Path log = log(file);
        if (Files.exists(log)) {
            bytes += copy(log, folder);
        }
        return new Copied(bytes, passed());
    }

    private Duration passed() {
        return Duration.ofNanos(nanos.getAsLong() - begunNanos);
    }

    private long copy(Path file, Path folder) throws IOException {
        Path copy = folder.resolve(file.getFileName());
        Files.createFile(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            long size = from.size();
            for (long at = 0; at < size; ) {
                if (passed().compareTo(pauseMax) > 0) {
                    throw new ProblemException(new Problem.LimitExceeded(
                            "backup.pause_max",
                            pauseMax.toMillis(),
                            "A tenant's data is too large to be copied while its events wait no longer than this;"
                                    + " raise it, or back up to a faster disk."));
                }
                at += from.transferTo(at, Math.min(PIECE_BYTES, size - at), to);
            }
            return size;
        }
    }
}
