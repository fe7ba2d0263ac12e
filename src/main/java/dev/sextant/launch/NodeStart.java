package dev.sextant.launch;

import dev.sextant.cluster.Self;
import dev.sextant.cluster.members.Members;
import dev.sextant.edge.EdgeTransport;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Vert.x of a node, alone or as one of several, and the node's name. Blocks; for the thread that launches. */
record NodeStart(Vertx vertx, Self self, @Nullable Members members) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);

    static NodeStart of(SextantConfig config, Telemetry telemetry) {
        String name = config.node().nameAt(config.edge().port());
        Transport transport = EdgeTransport.of(config.edge(), telemetry);
        LOG.info("Transport: {}", transport.name());
        VertxBuilder builder = Vertx.builder().withTransport(transport);
        if (!config.cluster().enabled()) {
            return new NodeStart(builder.build(), Self.of(name, config.node().duties(), () -> Set.of(name)), null);
        }
        Members members = Members.join(config.cluster(), name);
        try {
            Vertx vertx = builder.with(new VertxOptions().setEventBusOptions(members.busOptions()))
                    .withClusterManager(members.manager())
                    .buildClustered()
                    .await();
            members.watch(vertx);
            return new NodeStart(vertx, Self.of(name, config.node().duties(), members::reached), members);
        } catch (RuntimeException e) {
            members.close();
            throw e;
        }
    }

    @Override
    public void close() {
        vertx.close().await();
        if (members != null) {
            members.close();
        }
    }
}
