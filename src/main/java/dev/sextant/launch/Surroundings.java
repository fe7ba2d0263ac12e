package dev.sextant.launch;

import dev.sextant.launch.children.Children;
import dev.sextant.launch.children.DataFolder;
import dev.sextant.launch.children.PostgresServer;
import dev.sextant.launch.children.RedisServer;
import dev.sextant.store.PostgresConfig;
import dev.sextant.store.RedisConfig;

/** The servers that this one needs beside it: brought along, or there already. Blocks; for the starting thread. */
final class Surroundings implements AutoCloseable {

    private final Children children;
    private final PostgresConfig postgres;
    private final RedisConfig redis;

    private Surroundings(Children children, PostgresConfig postgres, RedisConfig redis) {
        this.children = children;
        this.postgres = postgres;
        this.redis = redis;
    }

    /** Starts what is to be embedded. */
    static Surroundings start(DataFolder folder, SextantConfig config) {
        Children children = Children.open(folder);
        try {
            return new Surroundings(children, postgres(children, config.postgres()), redis(children, config.redis()));
        } catch (RuntimeException e) {
            children.close();
            throw e;
        }
    }

    PostgresConfig postgres() {
        return postgres;
    }

    RedisConfig redis() {
        return redis;
    }

    @Override
    public void close() {
        children.close();
    }

    private static PostgresConfig postgres(Children children, PostgresConfig config) {
        if (config.mode() == PostgresConfig.Mode.EXTERNAL) {
            return config;
        }
        PostgresServer server = children.startPostgres();
        return config.at(
                server.host(),
                server.port(),
                server.database(),
                new PostgresConfig.Passwords(server.owner(), server.app(), server.auth(), server.platform()));
    }

    private static RedisConfig redis(Children children, RedisConfig config) {
        if (config.mode() == RedisConfig.Mode.EXTERNAL) {
            return config;
        }
        RedisServer server = children.startRedis();
        return config.at(server.host(), server.port(), server.password());
    }
}
