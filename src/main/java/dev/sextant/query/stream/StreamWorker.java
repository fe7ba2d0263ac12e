package dev.sextant.query.stream;

import dev.sextant.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Opens streams for those who ask by the bus. Many may be under way at once: the engine bounds them. */
final class StreamWorker extends VerticleBase {

    private final Bus bus;
    private final QueryStreams streams;

    StreamWorker(Bus bus, QueryStreams streams) {
        this.bus = bus;
        this.streams = streams;
    }

    @Override
    public Future<?> start() {
        return bus.answer(StreamAddresses.OPEN, (question, origin) -> streams.open(question, origin));
    }
}
