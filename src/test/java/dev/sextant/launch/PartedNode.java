package dev.sextant.launch;

import java.nio.file.Path;

/**
 * The program of a node that keeps events in a DuckDB of its own, which a cluster's node may not: what is sent to one is sent to
 * all of them, so that they have the same. Its configuration is its environment.
 */
final class PartedNode {

    private PartedNode() {}

    public static void main(String[] arguments) {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        System.setProperty("hazelcast.logging.type", "slf4j");
        SextantConfig config = new ConfigReader(SextantConfig.DEFAULT)
                .environment(System.getenv())
                .read(SextantConfig.class);
        Server server = Server.start(config, Path.of(config.node().dataDir()), false, EngineStart.CONFIGURED);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
    }
}
