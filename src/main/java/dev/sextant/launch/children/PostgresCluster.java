package dev.sextant.launch.children;

import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's own folder, and how it is started.
 *
 * @param programs with {@code bin}
 * @param folder holds the cluster, once it is made
 */
record PostgresCluster(Path programs, Path folder, Path logs, Confinement confinement) {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final String UNFINISHED = "postgres.unfinished-";
    private static final long MAKING_SECONDS_MAX = 120;

    /** Everybody needs a password, and only this machine may come. */
    private static final String ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n";

    /** Nothing acknowledged may be lost; nothing listens but on the loopback address; no values go to the log. */
    private static final String CONFIGURATION = """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            max_connections = 100
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            wal_level = minimal
            max_wal_senders = 0
            max_logical_replication_workers = 0
            max_wal_size = '256MB'
            shared_buffers = '64MB'
            io_method = 'sync'
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_destination = 'stderr'
            logging_collector = off
            log_min_messages = log
            log_min_error_statement = panic
            log_checkpoints = off
            cluster_name = 'sextant'
            """;

    /** Makes the cluster where there is none, and writes its configuration anew. */
    void prepare(int port, Secret superuserPassword) throws IOException {
        if (!Files.exists(folder)) {
            make(superuserPassword);
        }
        removeStaleLock();
        PrivateFiles.write(folder.resolve("pg_hba.conf"), ACCESS);
        PrivateFiles.write(folder.resolve("postgresql.conf"), CONFIGURATION + "port = " + port + "\n");
        Files.deleteIfExists(folder.resolve("postgresql.auto.conf")); // would win over ours
    }

    List<String> command() {
        Path program = programs.resolve("bin").resolve("postgres");
        return List.of(program.toString(), "-D", folder.toString());
    }

    /**
     * Beside its place, and moved there when it is complete: what was interrupted is made anew, under another name,
     * for the one who made it may still be at it.
     */
    private void make(Secret superuserPassword) throws IOException {
        removeUnfinished();
        Path unfinished =
                folder.resolveSibling(UNFINISHED + ProcessHandle.current().pid());
        Path passwordFile = folder.resolveSibling("superuser-password");
        PrivateFiles.write(passwordFile, superuserPassword.value());
        try {
            runInitdb(unfinished, passwordFile);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder.resolveSibling("."), UNFINISHED + "*")) {
            for (Path unfinished : left) {
                PrivateFiles.deleteAll(unfinished);
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            LOG.info("An earlier server's cluster is still being made, and is left alone", e);
        }
    }

    private void runInitdb(Path unfinished, Path passwordFile) throws IOException {
        Path log = logs.resolve("initdb.log");
        List<String> command = List.of(
                programs.resolve("bin").resolve("initdb").toString(),
                "--pgdata=" + unfinished,
                "--username=" + PostgresAccess.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin", // sorts by code point, on every machine alike
                "--builtin-locale=C.UTF-8");
        Process initdb = confinement
                .process(ChildKind.POSTGRES, command)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!initdb.waitFor(MAKING_SECONDS_MAX, TimeUnit.SECONDS)) {
                initdb.destroyForcibly();
                throw new CannotStartException("PostgreSQL's cluster could not be made in time; see " + log, null);
            }
        } catch (InterruptedException e) {
            initdb.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while making PostgreSQL's cluster", e);
        }
        if (initdb.exitValue() != 0) {
            throw new CannotStartException("PostgreSQL's cluster could not be made; see " + log, null);
        }
    }

    /**
     * PostgreSQL's lock file names a process by number only; after a crash that number may be anybody's, and
     * PostgreSQL would refuse to start. A server that still runs in this folder is ended.
     */
    private void removeStaleLock() throws IOException {
        Path lock = folder.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
        if (runsInFolder(pid)) {
            ProcessMark.of(pid).ifPresent(mark -> Ending.end(ChildKind.POSTGRES, pid, mark));
        }
        Files.deleteIfExists(lock);
    }

    private boolean runsInFolder(long pid) {
        try {
            return Files.isSameFile(Path.of("/proc/" + pid + "/cwd"), folder);
        } catch (IOException e) {
            return false; // no such process, or not ours to look at
        }
    }
}
