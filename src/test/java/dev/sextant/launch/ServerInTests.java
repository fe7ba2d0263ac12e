package dev.sextant.launch;

import dev.sextant.edge.EdgeConfig;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** The whole server as the program starts it, in this JVM, on free ports of loopback. Starting and closing block. */
public final class ServerInTests implements AutoCloseable {

    private final Server server;
    private final Path folder;

    private ServerInTests(Server server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** Starts it on a data folder, new or used before. */
    public static ServerInTests start(Path folder) {
        return new ServerInTests(Server.start(config(), folder, false), folder);
    }

    /** Starts it over an engine that answers as the test says. */
    public static ServerInTests start(Path folder, SextantConfig config, Function<CommitListener, OlapEngine> engine) {
        return new ServerInTests(
                Server.start(config, folder, false, (_, _, _, listener) -> engine.apply(listener)), folder);
    }

    /** Starts it with a configuration of its own. */
    public static ServerInTests start(Path folder, SextantConfig config) {
        return new ServerInTests(Server.start(config, folder, false), folder);
    }

    /** As the program has it by default, but for the ports. */
    public static SextantConfig config() {
        return config(Map.of());
    }

    /** The same, but for these settings. */
    public static SextantConfig config(Map<String, String> settings) {
        ConfigReader reader = new ConfigReader(SextantConfig.DEFAULT)
                .set("edge.host", EdgeConfig.DEFAULT.host())
                .set("edge.port", "0")
                .set("edge.admin_port", "0");
        settings.forEach(reader::set);
        return reader.read(SextantConfig.class);
    }

    public String baseUrl() {
        return server.baseUrl();
    }

    /** May do everything. */
    public Secret platformKey() {
        try {
            return new Secret(
                    Files.readString(folder.resolve("secret-platform_key")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
