package dev.sextant.launch;

/**
 * {@code cluster:} in the configuration file.
 *
 * @param enabled whether this server is one of several
 */
public record ClusterConfig(boolean enabled) {

    public static final ClusterConfig DEFAULT = new ClusterConfig(false);

    public ClusterConfig {
        if (enabled) {
            throw new IllegalArgumentException("cluster: enabled is not supported yet: run one server");
        }
    }
}
