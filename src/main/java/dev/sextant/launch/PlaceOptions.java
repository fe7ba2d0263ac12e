package dev.sextant.launch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of commands about a data folder. */
final class PlaceOptions {

    @Option(names = "--config", paramLabel = "FILE", description = "Read this configuration.")
    @Nullable
    private Path file;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The folder in which the server keeps everything.")
    @Nullable
    private String dataDir;

    /** @throws ConfigException where it cannot be used */
    SextantConfig config() {
        return reader().read(SextantConfig.class);
    }

    /** The same for a server that nobody else is to find. */
    SextantConfig quietConfig() {
        return reader().set("edge.host", "127.0.0.1")
                .set("edge.port", "0")
                .set("edge.admin_port", "0")
                .set("edge.trusted_proxies", "")
                .read(SextantConfig.class);
    }

    private ConfigReader reader() {
        ConfigReader reader = new ConfigReader(SextantConfig.DEFAULT);
        if (file != null) {
            reader.file(file);
        }
        reader.environment(System.getenv());
        if (dataDir != null) {
            reader.set("node.data_dir", dataDir);
        }
        return reader;
    }
}
