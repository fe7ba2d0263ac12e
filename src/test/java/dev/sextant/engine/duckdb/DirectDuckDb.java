package dev.sextant.engine.duckdb;

import dev.sextant.engine.Plan;
import dev.sextant.kernel.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A copy of a tenant's file, opened with the settings that the engine opens it with, and asked by plain JDBC: what a query
 * costs where there is no server. For one thread.
 */
public final class DirectDuckDb implements AutoCloseable {

    private final TenantFile file;

    private DirectDuckDb(TenantFile file) {
        this.file = file;
    }

    /** Copies from the data folder of a server that does not run. */
    public static DirectDuckDb copy(Path dataFolder, TenantId tenant, Path into) throws IOException, SQLException {
        DuckDbConfig from = DuckDbConfig.DEFAULT.in(dataFolder);
        DuckDbConfig to = DuckDbConfig.DEFAULT.in(into);
        Files.createDirectories(TenantFile.folder(to, tenant));
        Files.copy(TenantFile.path(from, tenant), TenantFile.path(to, tenant));
        return new DirectDuckDb(TenantFile.open(to, tenant));
    }

    /** Runs all statements, reads every value, and says how many rows there were. */
    public int run(List<Plan.Statement> statements) throws SQLException {
        int rows = 0;
        for (Plan.Statement statement : statements) {
            rows += run(file.writer(), statement);
        }
        return rows;
    }

    private static int run(Connection connection, Plan.Statement statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
            int position = 1;
            for (Object value : statement.parameters()) {
                prepared.setObject(
                        position++,
                        value instanceof Instant instant ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : value);
            }
            try (ResultSet result = prepared.executeQuery()) {
                return read(result, statement.types().size());
            }
        }
    }

    private static int read(ResultSet result, int columns) throws SQLException {
        int rows = 0;
        while (result.next()) {
            for (int column = 1; column <= columns; column++) {
                result.getObject(column);
            }
            rows++;
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        file.close();
    }
}
