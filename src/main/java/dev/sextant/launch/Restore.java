package dev.sextant.launch;

import dev.sextant.backup.Manifest;
import dev.sextant.backup.ServerSecrets;
import dev.sextant.backup.UnusableBackupException;
import dev.sextant.backup.WholeBackup;
import dev.sextant.engine.duckdb.DuckDbEngine;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.children.CannotStartException;
import dev.sextant.launch.children.Children;
import dev.sextant.launch.children.DataFolder;
import dev.sextant.launch.children.PostgresServer;
import dev.sextant.store.PostgresConfig;
import dev.sextant.store.Schema;
import dev.sextant.store.TableLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes a data folder of a backup, for a server that is started on it afterwards. All is checked before anything is touched; what is
 * interrupted leaves a mark in the folder, with which no server starts, and can be begun again. Blocks.
 */
final class Restore {

    private static final String MARK = "restore.unfinished";

    /** A copy of the files, and PostgreSQL's own log of what is written into it. */
    private static final int ROOM_FOR_EACH_BYTE = 3;

    private final WholeBackup backup;
    private final SextantConfig config;
    private final Path folder;

    private Restore(WholeBackup backup, SextantConfig config, Path folder) {
        this.backup = backup;
        this.config = config;
        this.folder = folder;
    }

    /** @throws CannotStartException where the folder is not to be had */
    static Manifest run(Path backup, SextantConfig config, Path folder) throws UnusableBackupException, IOException {
        WholeBackup whole = WholeBackup.open(backup);
        new Restore(whole, config, folder.toAbsolutePath().normalize()).run();
        return whole.manifest();
    }

    /** @throws CannotStartException where a restore into this folder was begun and not finished */
    static void requireFinished(Path folder) {
        if (Files.exists(folder.resolve(MARK))) {
            throw new CannotStartException(
                    "A restore into %s was interrupted: run it again, it begins anew.".formatted(folder), null);
        }
    }

    private void run() throws UnusableBackupException, IOException {
        requireFitting(backup.manifest());
        Map<String, Secret> secrets = backup.secrets(
                config.backup().passphrase(),
                Map.of(
                        ServerSecrets.MASTER_KEY, config.secrets().masterKey(),
                        ServerSecrets.PLATFORM_KEY, config.secrets().platformKey()));
        backup.check();
        requireFolder();
        requireRoom();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(MARK), "");
        fill(secrets);
        Files.delete(folder.resolve(MARK));
    }

    private void requireFitting(Manifest manifest) {
        if (config.postgres().mode() == PostgresConfig.Mode.EXTERNAL) {
            throw new CannotStartException(
                    "A restore fills the PostgreSQL that a server brings along: leave postgres.mode at embedded", null);
        }
        if (!Schema.knows(manifest.schema())) {
            throw new CannotStartException(
                    "The backup is of a later version: its tables have version %s, of which this build does not know"
                            .formatted(manifest.schema()),
                    null);
        }
        String here = DuckDbEngine.version();
        if (Arrays.compare(numbers(manifest.engine()), numbers(here)) > 0) {
            throw new CannotStartException(
                    "The backup is of a later version: it was written by DuckDB %s, and this build has %s"
                            .formatted(manifest.engine(), here),
                    null);
        }
    }

    /** Of {@code 1.4.2}: 1, 4, 2. */
    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\D+"))
                .filter(number -> !number.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private void requireFolder() throws IOException {
        if (Files.exists(folder.resolve(MARK))) {
            DataFolder left = DataFolder.open(folder);
            Children.open(left).close(); // ends a PostgreSQL that was left behind
            left.close();
            DataFolder.delete(folder);
        }
        if (!isEmpty()) {
            throw new CannotStartException(
                    "%s is not empty: a backup is restored into a new folder only".formatted(folder), null);
        }
    }

    private boolean isEmpty() throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.findAny().isEmpty();
        }
    }

    private void requireRoom() throws IOException {
        Path there = folder;
        while (!Files.exists(there)) {
            there = there.resolveSibling("");
        }
        long needed =
                ROOM_FOR_EACH_BYTE * backup.manifest().bytes() + config.backup().spareBytes();
        long usable = Files.getFileStore(there).getUsableSpace();
        if (usable < needed) {
            throw new CannotStartException(
                    "The disk of %s has too little room: about %d MiB are needed, %d MiB are free"
                            .formatted(folder, needed >> 20, usable >> 20),
                    null);
        }
    }

    private void fill(Map<String, Secret> secrets) throws IOException {
        Map<String, Secret> others = new HashMap<>(secrets);
        Secret masterKey = Objects.requireNonNull(others.remove(ServerSecrets.MASTER_KEY));
        DataFolder.plant(folder, masterKey, others);
        backup.copyFiles(folder);
        try (DataFolder data = DataFolder.open(folder);
                Children children = Children.open(data)) {
            PostgresServer server = children.startPostgres();
            TableLoad.load(at(server), backup.manifest().schema(), backup.tableToFile());
        }
    }

    private static PostgresConfig at(PostgresServer server) {
        return PostgresConfig.DEFAULT.at(
                server.host(),
                server.port(),
                server.database(),
                new PostgresConfig.Passwords(server.owner(), server.app(), server.auth(), server.platform()));
    }
}
