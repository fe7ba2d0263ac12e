package dev.sextant.launch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that every way to start has. */
final class StartOptions {

    @Option(names = "--config", paramLabel = "FILE", description = "Read this configuration.")
    @Nullable
    Path config;

    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 0 picks a free port.")
    @Nullable
    String port;

    @Option(names = "--admin-port", paramLabel = "N", description = "Where /metrics is; 0 picks a free port.")
    @Nullable
    String adminPort;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Keep everything in this folder.")
    @Nullable
    String dataDir;

    @Option(names = "--ephemeral", description = "Keep everything in a new folder, and delete it at the end.")
    boolean ephemeral;

    @Option(names = "--no-replay", description = "Demo: let no events arrive by themselves.")
    boolean noReplay;
}
