package dev.sextant.engine.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB's native half. The driver unpacks its 70 MB into a temporary file each time a process starts, and deletes it
 * only at an orderly end, so that each {@code kill -9} would leave one behind. Linux needs no name for a file in use:
 * here it is deleted as soon as it is loaded.
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final Path MAPPED = Path.of("/proc/self/maps");
    private static final Pattern UNPACKED = Pattern.compile("/\\S*/libduckdb_java\\d+\\.so$");

    private NativeLibrary() {}

    /** Loads it, which takes a good part of a second, so that the first caller need not wait. Blocks. */
    static void load() {
        try {
            DriverManager.getConnection("jdbc:duckdb:").close();
            if (Files.isReadable(MAPPED)) {
                deleteUnpacked();
            }
        } catch (SQLException | IOException e) {
            LOG.warn("Engine[duckdb] could not prepare its library", e);
        }
    }

    /** Its version, such as {@code 1.4.2}. Blocks. */
    static String version() {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            return connection.getMetaData().getDatabaseProductVersion().replaceFirst("^v", "");
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not tell its version", e);
        }
    }

    private static void deleteUnpacked() throws IOException {
        try (Stream<String> lines = Files.lines(MAPPED)) {
            for (String path : lines.map(UNPACKED::matcher)
                    .filter(Matcher::find)
                    .map(Matcher::group)
                    .distinct()
                    .toList()) {
                Files.deleteIfExists(Path.of(path));
            }
        }
    }
}
