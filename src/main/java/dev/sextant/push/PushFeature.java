package dev.sextant.push;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.Role;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Authenticator;
import dev.sextant.http.MessageSecurity;
import dev.sextant.http.Operation;
import dev.sextant.kernel.TenantId;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.ThreadingModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/** The door of the room that pushes to sockets, and the one place where its parts are put together. */
public final class PushFeature implements Feature {

    /**
     * Where sockets are pushed from.
     *
     * @param name as clients are told it
     * @param loops event loops that accept sockets
     * @param socketsMax how many a tenant may have here, within what the configuration says
     */
    public record Node(
            String name, int loops, Telemetry telemetry, InstantSource clock, ToIntFunction<TenantId> socketsMax) {}

    private final Loops loops;
    private final int verticles;

    public PushFeature(Bus bus, Authenticator authenticator, MessageSecurity messages, Node node, PushConfig config) {
        SocketCounts counts = new SocketCounts(config.sockets(), node.socketsMax());
        node.telemetry().gauge("sextant.sockets", "Open WebSockets", counts::all);
        this.loops = new Loops(new Hub.Parts(bus, authenticator, messages, counts, config, node));
        this.verticles = node.loops();
    }

    /**
     * Has all who hold a socket here go elsewhere.
     *
     * @param after so that whoever sends them here has learnt that they should not
     * @param isToGo whether that still holds then
     */
    public void moveAll(Duration after, BooleanSupplier isToGo) {
        loops.moveAll(after.toMillis(), isToGo);
    }

    @Override
    public List<Operation> operations() {
        return List.of(new StreamOperation(loops));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec("push", ThreadingModel.EVENT_LOOP, verticles, () -> new PushVerticle(loops))
                .onlyTo(Role.SERVE));
    }
}
