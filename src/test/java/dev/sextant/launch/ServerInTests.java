package dev.sextant.launch;

import dev.sextant.edge.EdgeConfig;
import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /** As the program has it by default, but for the ports. */
    public static SextantConfig config() {
        return new ConfigReader(SextantConfig.DEFAULT)
                .set("edge.host", EdgeConfig.DEFAULT.host())
                .set("edge.port", "0")
                .set("edge.admin_port", "0")
                .read(SextantConfig.class);
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
