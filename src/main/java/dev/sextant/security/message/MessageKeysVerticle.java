package dev.sextant.security.message;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts once there is a key for encrypted requests, and looks each minute whether it is time for another one. */
final class MessageKeysVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(MessageKeysVerticle.class);
    private static final Duration REFRESH_EVERY = Duration.ofMinutes(1);

    private final MessageKeyStore store;
    private final MessageKeys keys;
    private final InstantSource clock;

    MessageKeysVerticle(MessageKeyStore store, MessageKeys keys, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(
                REFRESH_EVERY.toMillis(),
                _ -> refresh()
                        .onFailure(failure -> LOG.warn("Keys of messages not refreshed: {}", failure.getMessage())));
        return refresh();
    }

    private Future<?> refresh() {
        return store.current(clock.instant()).onSuccess(keys::use);
    }
}
