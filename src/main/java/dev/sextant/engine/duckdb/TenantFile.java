package dev.sextant.engine.duckdb;

import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's instance of DuckDB, open. It sees this tenant's file and no other; its settings cannot be changed.
 *
 * <p>One thread at a time writes by {@link #writer}; any number read, each by a connection of its own.
 */
final class TenantFile {

    /** The log is folded into the file when it has grown so large: a pause of some 0.1 s, and as much at a recovery. */
    private static final String CHECKPOINT_AT = "32MiB";

    private final Path path;
    private final DuckDBConnection writer;
    private final Helpers helpers;
    private final Catalog catalog;
    private final Rollups rollups;
    private final ChunkLog log = new ChunkLog();
    private final States states = new States();
    private final Map<String, IdWindow> datasetToWindow = new HashMap<>();
    private final Readers readers;
    private volatile boolean broken;

    private TenantFile(Path path, DuckDBConnection writer, Catalog catalog, Rollups rollups, Helpers helpers) {
        this.path = path;
        this.writer = writer;
        this.helpers = helpers;
        this.catalog = catalog;
        this.rollups = rollups;
        this.readers = new Readers(writer, states);
    }

    static Path folder(DuckDbConfig config, TenantId tenant) {
        return config.folder().resolve("tenants").resolve(tenant.value());
    }

    static Path path(DuckDbConfig config, TenantId tenant) {
        return folder(config, tenant).resolve("events.duckdb");
    }

    /** Opens the file, or makes it; after a crash, brings it to the last commit. Blocks. */
    static TenantFile open(DuckDbConfig config, TenantId tenant) throws IOException, SQLException {
        Path folder = folder(config, tenant);
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        DuckDBConnection writer = (DuckDBConnection)
                DriverManager.getConnection("jdbc:duckdb:" + path(config, tenant), settings(config.tenants(), folder));
        try {
            Catalog catalog = Catalog.open(writer);
            Helpers helpers = Helpers.start(writer, config.tenants().threads());
            TenantFile file = new TenantFile(path(config, tenant), writer, catalog, Rollups.open(writer), helpers);
            file.readers.fill(
                    config.queries().runningPerTenantMax() + config.streams().openPerTenantMax());
            lockDown(writer);
            file.readStates();
            return file;
        } catch (SQLException e) {
            writer.close();
            throw e;
        }
    }

    private void readStates() throws SQLException {
        Map<String, DatasetState> known = log.read(writer);
        known.replaceAll((dataset, state) -> state.with(rollups.rows(dataset)));
        states.commit(() -> {}, known);
    }

    private static Properties settings(DuckDbConfig.Tenants limits, Path folder) {
        Properties settings = new Properties();
        settings.setProperty("threads", "1"); // its helpers are started apart
        settings.setProperty("async_threads", "1"); // 8 of them stand ready in each instance otherwise
        settings.setProperty("memory_limit", limits.memoryBytesMax() + "B");
        settings.setProperty("temp_directory", folder.resolve("temp").toString());
        settings.setProperty("max_temp_directory_size", limits.tempBytesMax() + "B");
        settings.setProperty("checkpoint_threshold", CHECKPOINT_AT);
        settings.setProperty("immediate_transaction_mode", "true"); // BEGIN takes the snapshot: States stands on it
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("allow_persistent_secrets", "false");
        settings.setProperty("enable_external_access", "false");
        return settings;
    }

    private static void lockDown(DuckDBConnection connection) throws SQLException {
        Sql.execute(connection, "SET GLOBAL TimeZone = 'UTC'"); // belongs to an extension: no setting for the start
        Sql.execute(connection, "SET GLOBAL lock_configuration = true");
    }

    /** Where it is on the disk. */
    Path path() {
        return path;
    }

    DuckDBConnection writer() {
        return writer;
    }

    Helpers helpers() {
        return helpers;
    }

    Catalog catalog() {
        return catalog;
    }

    /** For the writer. */
    Rollups rollups() {
        return rollups;
    }

    /** For the writer. */
    ChunkLog log() {
        return log;
    }

    States states() {
        return states;
    }

    DatasetState state(String dataset) {
        return states.of(dataset);
    }

    /** The ids that the dataset took; null where they have not been read since the file was opened. For the writer. */
    @Nullable
    IdWindow window(String dataset) {
        return datasetToWindow.get(dataset);
    }

    void keepWindow(String dataset, IdWindow window) {
        datasetToWindow.put(dataset, window);
    }

    Readers readers() {
        return readers;
    }

    /** Ends the writer's transaction as if it had never begun; where that fails, the file is reopened before its next use. */
    void rollBack() {
        try {
            Sql.execute(writer, "ROLLBACK");
            rollups.reread();
        } catch (SQLException e) {
            markBroken();
        }
    }

    /** After this the file is to be closed by whoever leaves it last. */
    void markBroken() {
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    /** Closes all connections; the last one folds the log into the file. Blocks. */
    void close() throws SQLException {
        datasetToWindow.values().forEach(IdWindow::close);
        readers.close();
        writer.close();
    }
}
