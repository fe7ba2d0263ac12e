package dev.sextant.push;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Authenticator;
import dev.sextant.http.Operation;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the room that pushes to sockets, and the one place where its parts are put together. */
public final class PushFeature implements Feature {

    /**
     * Where sockets are pushed from.
     *
     * @param name of the node, as clients are told it
     * @param loops all event loops of its Vertx: each may accept sockets, and so needs a verticle of ours
     */
    public record Node(String name, int loops) {}

    private final Loops loops = new Loops();
    private final Hub.Parts parts;
    private final Node node;

    public PushFeature(
            Bus bus, Authenticator authenticator, Node node, PushConfig config, Telemetry telemetry, InstantSource clock) {
        SocketCounts counts = new SocketCounts(config.sockets());
        telemetry.gauge("sextant.sockets", "Open WebSockets", counts::all);
        this.parts = new Hub.Parts(bus, authenticator, counts, config, node.name(), clock);
        this.node = node;
    }

    @Override
    public List<Operation> operations() {
        return List.of(new StreamOperation(loops));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "push", ThreadingModel.EVENT_LOOP, node.loops(), () -> new PushVerticle(parts, loops)));
    }
}
