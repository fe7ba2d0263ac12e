package dev.sextant.query.stream;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.Role;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import io.vertx.core.ThreadingModel;
import java.util.List;

/** The door of the room that streams results. */
public final class StreamFeature implements Feature {

    private final Bus bus;
    private final QueryStreams streams;
    private final StreamConfig config;

    public StreamFeature(Bus bus, QueryStreams streams, StreamConfig config) {
        this.bus = bus;
        this.streams = streams;
        this.config = config;
    }

    @Override
    public List<Operation> operations() {
        return List.of();
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(
                new WorkerSpec("stream", ThreadingModel.WORKER, config.workers(), () -> new StreamWorker(bus, streams))
                        .onlyTo(Role.SERVE));
    }
}
