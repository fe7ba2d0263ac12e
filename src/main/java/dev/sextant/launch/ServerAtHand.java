package dev.sextant.launch;

import dev.sextant.kernel.Secret;
import dev.sextant.launch.children.CannotStartException;
import dev.sextant.launch.children.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server on a data folder, for a command: the one that runs there, or one that is started quietly and stopped again. */
final class ServerAtHand implements AutoCloseable {

    private final LocalServer http;
    private final @Nullable Server started;

    private ServerAtHand(LocalServer http, @Nullable Server started) {
        this.http = http;
        this.started = started;
    }

    /** @param quiet the configuration for a server that is started here */
    static ServerAtHand find(SextantConfig config, SextantConfig quiet, Path folder) throws IOException {
        Optional<ServerFile> file = ServerFile.find(folder);
        if (file.isPresent()) {
            LocalServer running = new LocalServer(file.get().baseUrl(), platformKey(config, folder));
            if (running.isThere()) {
                return new ServerAtHand(running, null);
            }
            running.close();
        }
        if (!Files.isDirectory(folder)) {
            throw new CannotStartException("There is no data folder " + folder + "; name it with --data-dir", null);
        }
        Server server = Server.start(quiet, folder, false);
        return new ServerAtHand(new LocalServer(server.baseUrl(), platformKey(config, folder)), server);
    }

    private static Secret platformKey(SextantConfig config, Path folder) throws IOException {
        Secret given = config.secrets().platformKey();
        return given.value().isEmpty()
                ? new Secret(
                        Files.readString(folder.resolve("secret-platform_key")).strip())
                : given;
    }

    LocalServer http() {
        return http;
    }

    @Override
    public void close() {
        http.close();
        if (started != null) {
            started.stop();
        }
    }
}
