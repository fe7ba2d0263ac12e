package dev.sextant.identity.ticket;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.store.RedisStore;
import io.vertx.core.ThreadingModel;
import java.util.List;

/** The door of the ticket room, and the one place where its parts are put together. */
public final class TicketFeature implements Feature {

    private final Bus bus;
    private final RedisStore redis;
    private final TicketConfig config;

    public TicketFeature(Bus bus, RedisStore redis, TicketConfig config) {
        this.bus = bus;
        this.redis = redis;
        this.config = config;
    }

    @Override
    public List<Operation> operations() {
        return List.of(new IssueTicketOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(
                new WorkerSpec("tickets", ThreadingModel.EVENT_LOOP, 1, () -> new TicketsVerticle(bus, redis, config)));
    }
}
