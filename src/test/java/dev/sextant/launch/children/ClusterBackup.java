package dev.sextant.launch.children;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * A backup of a whole cluster on this machine by the means of its parts, in the order of {@code docs/backup.md}, and the way
 * back from it. Derby stands for the database that Druid's metadata is in elsewhere. All methods block.
 */
public final class ClusterBackup {

    private static final String METADATA = "metadata";
    private static final String SEGMENTS = "segments";
    private static final int DERBY = 5;

    /** Kafka, what lies in a vault, and which ports the parts had. */
    private static final Set<String> SURVIVORS = Set.of("kafka", "secrets", "secret-platform_key", "children.json");

    private final Path cluster;
    private final Path druid;
    private final Path backup;
    private final PostgresBackup postgres;

    /** @param backup an empty folder */
    public ClusterBackup(Path cluster, Path backup) {
        this.cluster = cluster;
        this.druid = cluster.resolve("druid");
        this.backup = backup;
        this.postgres = new PostgresBackup(cluster, backup.resolve("postgres"), backup.resolve("log"));
    }

    /** Has PostgreSQL archive its log from now on. */
    public void begin() throws IOException, SQLException {
        postgres.beginArchiving();
    }

    /** While all goes on. */
    public void take() throws IOException, SQLException {
        postgres.takeBase();
        copySegments(); // what is deleted from here on is there
        takeMetadata();
        copySegments(); // and all that the metadata tell of
    }

    private void copySegments() throws IOException {
        CopiedFiles.copy(druid.resolve(SEGMENTS), backup.resolve(SEGMENTS), Set.of());
    }

    private void takeMetadata() throws SQLException {
        String uri = "jdbc:derby://localhost:%d/%s"
                .formatted(TestProcesses.port(cluster, "druid") + DERBY, druid.resolve(METADATA));
        try (Connection derby = DriverManager.getConnection(uri, "druid", "diurd");
                Statement statement = derby.createStatement()) {
            statement.execute("CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE('%s')".formatted(backup));
        }
    }

    /** What PostgreSQL has committed by now is not lost any more. */
    public void archiveLog() throws SQLException {
        postgres.archiveNow();
    }

    /** After nobody uses the folder any more: leaves nothing of it but what a backup need not bring back. */
    public void loseAllButKafka() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(cluster)) {
            for (Path one : all) {
                if (!SURVIVORS.contains(one.getFileName().toString())) {
                    PrivateFiles.deleteAll(one);
                }
            }
        }
    }

    /** PostgreSQL as it was when its log was archived last, Druid's metadata as they were when the backup was taken. */
    public void restore() throws IOException {
        postgres.restore();
        CopiedFiles.copy(backup.resolve(METADATA), druid.resolve(METADATA), Set.of());
    }

    /** Druid's deep storage; Druid may run by then, and lack it. */
    public void restoreSegments() throws IOException {
        CopiedFiles.copy(backup.resolve(SEGMENTS), druid.resolve(SEGMENTS), Set.of());
    }
}
