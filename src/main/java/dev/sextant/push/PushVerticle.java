package dev.sextant.push;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;

/** Owns the sockets of its event loop. One on each loop. */
final class PushVerticle extends VerticleBase {

    private final Loops loops;
    private Optional<Hub> hub = Optional.empty();

    PushVerticle(Loops loops) {
        this.loops = loops;
    }

    @Override
    public Future<?> start() {
        hub = loops.begin(vertx);
        return Future.succeededFuture();
    }

    /** Sends everybody elsewhere, and waits a moment for them to go. */
    @Override
    public Future<?> stop() {
        hub.ifPresent(loops::end);
        return hub.map(Hub::stop).orElseGet(Future::succeededFuture);
    }
}
