package dev.sextant.launch.children;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * PostgreSQL's part of a {@link ClusterBackup}: a base backup, made as {@code pg_basebackup} makes it, and all of the log
 * after it, archived.
 */
record PostgresBackup(Path cluster, Path base, Path archive) {

    /** What the server that is restored makes for itself, or has from the archive. */
    private static final Set<String> LEFT_OUT = Set.of("pg_wal", "postmaster.pid", "postmaster.opts");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** From now on the log is kept for good. The server is started anew for it. */
    void beginArchiving() throws IOException, SQLException {
        PrivateFiles.folder(archive);
        execute("ALTER SYSTEM SET wal_level = replica");
        execute("ALTER SYSTEM SET archive_mode = on");
        execute("ALTER SYSTEM SET archive_command = 'test ! -f %1$s/%%f && cp %%p %1$s/%%f'".formatted(archive));
        TestProcesses.kill(cluster, "postgres");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> answer("SHOW archive_mode").equals("on"));
    }

    void takeBase() throws IOException, SQLException {
        try (Connection server = connect();
                Statement statement = server.createStatement()) {
            statement.execute("SELECT pg_backup_start('rehearsal', true)");
            CopiedFiles.copy(folder(), base, LEFT_OUT);
            try (ResultSet label = statement.executeQuery("SELECT labelfile FROM pg_backup_stop()")) {
                label.next();
                PrivateFiles.write(base.resolve("backup_label"), label.getString(1));
            }
        }
    }

    /** Returns when all that was committed is in the archive. */
    void archiveNow() throws SQLException {
        String last = answer("SELECT pg_walfile_name(pg_switch_wal())");
        await().atMost(PATIENCE)
                .until(() -> answer(
                                "SELECT coalesce(last_archived_wal, '') >= '%s' FROM pg_stat_archiver".formatted(last))
                        .equals("t"));
    }

    /** Lays the base backup into its place, and has PostgreSQL read the archive to its end. */
    void restore() throws IOException {
        CopiedFiles.copy(base, folder(), Set.of());
        PrivateFiles.folder(folder().resolve("pg_wal"));
        Files.createFile(folder().resolve("recovery.signal"));
        Process recovering = Confinement.find()
                .process(ChildKind.POSTGRES, recovery())
                .redirectOutput(base.resolveSibling("recovery.log").toFile())
                .start();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> answer("SELECT pg_is_in_recovery()").equals("f"));
        Ending.end(
                ChildKind.POSTGRES,
                recovering.pid(),
                ProcessMark.of(recovering.pid()).orElseThrow());
    }

    private List<String> recovery() throws IOException {
        try (DataFolder held = DataFolder.open(cluster)) {
            return List.of(
                    Binaries.find(held)
                            .postgres()
                            .resolve("bin")
                            .resolve("postgres")
                            .toString(),
                    "-D",
                    folder().toString(),
                    "-c",
                    "archive_mode=off",
                    "-c",
                    "restore_command=cp %s/%%f %%p".formatted(archive));
        }
    }

    private Path folder() {
        return cluster.resolve("postgres");
    }

    private void execute(String sql) throws SQLException {
        try (Connection server = connect();
                Statement statement = server.createStatement()) {
            statement.execute(sql);
        }
    }

    private String answer(String sql) throws SQLException {
        try (Connection server = connect();
                Statement statement = server.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        try {
            Secrets secrets = Secrets.open(cluster.resolve("secrets"));
            return new PostgresAccess(TestProcesses.port(cluster, "postgres"), secrets).connect("sextant");
        } catch (IOException e) {
            throw new SQLException("The superuser's password is not there", e);
        }
    }
}
