package dev.sextant.launch;

import dev.sextant.launch.children.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Starts a server as the command line says, and has it stopped when the process is told to end. */
final class Start {

    private final StartOptions options;
    private final boolean withDemo;
    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    Start(StartOptions options, boolean withDemo) {
        this.options = options;
        this.withDemo = withDemo;
    }

    /** Says on standard output when the server is ready, and where. */
    Server start() {
        SextantConfig config = config();
        Path dataDir = options.ephemeral ? temporary() : Path.of(config.node().dataDir());
        Server server = Server.start(config, dataDir, withDemo);
        // The exit status after SIGTERM would be 143: whoever stopped in good order exits with 0.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, dataDir), "stop"));
        long millis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        out.println("ready in %d ms: %s".formatted(millis, server.baseUrl()));
        return server;
    }

    private void end(Server server, Path dataDir) {
        server.stop();
        if (options.ephemeral) {
            DataFolder.delete(dataDir);
        }
        Runtime.getRuntime().halt(0);
    }

    private SextantConfig config() {
        ConfigReader reader = new ConfigReader(SextantConfig.DEFAULT);
        if (options.config != null) {
            reader.file(options.config);
        }
        reader.environment(System.getenv());
        set(reader, "edge.port", options.port);
        set(reader, "edge.admin_port", options.adminPort);
        set(reader, "node.data_dir", options.dataDir);
        set(reader, "demo.replay", options.noReplay ? "false" : null);
        return reader.read(SextantConfig.class);
    }

    private static void set(ConfigReader reader, String key, @Nullable String value) {
        if (value != null) {
            reader.set(key, value);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("sextant-");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary folder can be made", e);
        }
    }
}
