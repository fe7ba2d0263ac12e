package dev.sextant.launch;

import dev.sextant.TestServers;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.store.PostgresConfig;
import dev.sextant.store.RedisConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Server processes with data folders of their own over one PostgreSQL and one Redis, and with the same secrets. */
final class SharedServers implements AutoCloseable {

    private final PostgresConfig database = TestServers.freshPostgres();
    private final List<Path> folders = new ArrayList<>();
    private final List<RunningServer> running = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>();

    SharedServers(Map<String, String> more) {
        RedisConfig redis = TestServers.redis();
        settings.put("SEXTANT_POSTGRES_MODE", "external");
        settings.put("SEXTANT_POSTGRES_HOST", database.host());
        settings.put("SEXTANT_POSTGRES_PORT", Integer.toString(database.port()));
        settings.put("SEXTANT_POSTGRES_DATABASE", database.database());
        settings.put(
                "SEXTANT_POSTGRES_PASSWORDS_OWNER", database.passwords().owner().value());
        settings.put(
                "SEXTANT_POSTGRES_PASSWORDS_APP", database.passwords().app().value());
        settings.put(
                "SEXTANT_POSTGRES_PASSWORDS_AUTH", database.passwords().auth().value());
        settings.put(
                "SEXTANT_POSTGRES_PASSWORDS_PLATFORM",
                database.passwords().platform().value());
        settings.put("SEXTANT_REDIS_MODE", "external");
        settings.put("SEXTANT_REDIS_HOST", redis.host());
        settings.put("SEXTANT_REDIS_PORT", Integer.toString(redis.port()));
        settings.put("SEXTANT_REDIS_PASSWORD", redis.password().value());
        settings.putAll(more);
    }

    /** Another one; the first one's secrets are its own. */
    RunningServer start() throws IOException {
        Path folder = TestFolders.make();
        if (!folders.isEmpty()) {
            for (String secret : List.of("secrets", "secret-platform_key")) {
                Files.copy(
                        folders.getFirst().resolve(secret), folder.resolve(secret), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        folders.add(folder);
        return startIn(folder);
    }

    /** One in the folder of the first, which runs no more. */
    RunningServer startAgain() throws IOException {
        return startIn(folders.getFirst());
    }

    private RunningServer startIn(Path folder) throws IOException {
        RunningServer server = RunningServer.start(folder, settings);
        running.add(server);
        return server;
    }

    PostgresConfig database() {
        return database;
    }

    @Override
    public void close() {
        running.forEach(SharedServers::end);
        folders.forEach(TestFolders::delete);
    }

    private static void end(RunningServer server) {
        try {
            server.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
