package dev.sextant.launch;

import dev.sextant.kernel.Secret;
import java.nio.file.Path;

/**
 * A whole cluster on this machine, each part a process of its own, behind HAProxy at a free port. Starting and closing block,
 * for a minute or so.
 */
public final class ClusterInTests implements AutoCloseable {

    private final LocalCluster cluster;

    private ClusterInTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /** All of it is ready when this returns; it keeps everything in the folder. */
    public static ClusterInTests start(Path folder, int nodes) {
        return new ClusterInTests(LocalCluster.start(folder, new LocalCluster.Wanted(nodes, 0, false)));
    }

    public String baseUrl() {
        return cluster.baseUrl();
    }

    /** May do everything. */
    public Secret platformKey() {
        return cluster.platformKey();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
