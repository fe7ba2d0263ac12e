package dev.sextant.launch;

/**
 * {@code node:} in the configuration file.
 *
 * @param dataDir the folder in which this server keeps everything
 */
public record NodeConfig(String dataDir) {

    public static final NodeConfig DEFAULT = new NodeConfig("data");

    public NodeConfig {
        if (dataDir.isBlank()) {
            throw new IllegalArgumentException("node: data_dir must be named");
        }
    }
}
