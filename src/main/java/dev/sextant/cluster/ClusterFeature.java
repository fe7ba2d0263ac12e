package dev.sextant.cluster;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.store.NodeLeases;
import dev.sextant.store.Postgres;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The door of the room that knows the nodes, and the one place where its parts are put together. */
public final class ClusterFeature implements Feature {

    static final String VERSION =
            Objects.requireNonNullElse(ClusterFeature.class.getPackage().getImplementationVersion(), "unpackaged");

    private final Bus bus;
    private final Postgres postgres;
    private final Set<String> leases;
    private final Nodes nodes;
    private volatile String address = "";

    /** @param leases what one node at a time does for all, by name */
    public ClusterFeature(Bus bus, Postgres postgres, Self self, Set<String> leases) {
        this.bus = bus;
        this.postgres = postgres;
        this.leases = Set.copyOf(leases);
        this.nodes = new Nodes(self);
    }

    public Nodes nodes() {
        return nodes;
    }

    /** Tells where this node listens for callers. */
    public void listensAt(String url) {
        address = url;
    }

    /** This node goes: others may have at once what it does for all. */
    public Future<Void> leave() {
        nodes.leave();
        return postgres.platformDb()
                .inTransaction(transaction -> NodeLeases.giveBack(
                                transaction, nodes.self().life(), leases)
                        .compose(_ -> NodeStore.end(transaction, nodes.self())));
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new GetClusterOperation(bus),
                new DrainNodeOperation("drainNode", true, bus),
                new DrainNodeOperation("resumeNode", false, bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        NodeVerticle.Talks talks = new NodeVerticle.Talks(bus, postgres.platformDb(), postgres.changeFeed());
        return List.of(new WorkerSpec(
                "cluster", ThreadingModel.EVENT_LOOP, 1, () -> new NodeVerticle(talks, nodes, leases, () -> address)));
    }
}
