package dev.sextant.engine.duckdb;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Whether the engine can work: the library answers, and the disk takes data and has room. */
final class Health {

    private static final long FREE_BYTES_MIN = 256L << 20;

    private Health() {}

    /** Blocks. */
    static void check(Path folder, Promise<Void> promise) {
        try {
            answer();
            write(folder);
            promise.complete();
        } catch (ProblemException e) {
            promise.fail(e);
        } catch (IOException e) {
            promise.fail(away("The data folder cannot be written."));
        } catch (SQLException | RuntimeException e) {
            promise.fail(away("The engine does not answer."));
        }
    }

    private static void answer() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            Sql.execute(connection, "SELECT 1");
        }
    }

    private static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).getUsableSpace() < FREE_BYTES_MIN) {
            throw away("The disk that holds the data folder is full.");
        }
        Path probe = folder.resolve(".health");
        try (FileChannel file = FileChannel.open(
                probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(ByteBuffer.wrap(new byte[] {1}));
            file.force(true);
        }
    }

    private static ProblemException away(String detail) {
        return new ProblemException(new Problem.Unavailable("engine", detail));
    }
}
