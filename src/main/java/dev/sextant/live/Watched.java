package dev.sextant.live;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * A live query, as those who look at it on this node have it: evaluated here, or at another node and told on. All calls on the
 * worker's context.
 */
sealed interface Watched permits Evaluation, Relay {

    LiveId id();

    LiveKey key();

    Audience audience();

    Future<Subscribed> subscribe(Seat seat, double hz, @Nullable Resume resume);

    void unsubscribe(Seat seat);

    /** Nobody sits at that place any more. */
    void abandon(String place);

    /** New data came, or may have come. */
    void hear();

    void end();
}
