package dev.sextant.push;

import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;

/** The hub of each event loop, so that a socket stays on the loop that accepted it. Safe for all threads. */
final class Loops {

    private final Hub.Parts parts;

    /** An event loop is one thread, for as long as it lives. */
    private final ConcurrentMap<Thread, Hub> loopToHub = new ConcurrentHashMap<>();

    Loops(Hub.Parts parts) {
        this.parts = parts;
    }

    /** Begins the hub of the loop that calls; none where it has one. */
    Optional<Hub> begin(Vertx vertx) {
        Hub made = new Hub(vertx, parts);
        boolean isNew = loopToHub.putIfAbsent(Thread.currentThread(), made) == null;
        if (isNew) {
            made.start();
        }
        return isNew ? Optional.of(made) : Optional.empty();
    }

    /** The hub of the loop that calls. Vert.x may have given a loop no verticle of ours: then it begins now. */
    Hub here(Vertx vertx) {
        Hub known = loopToHub.get(Thread.currentThread());
        return known == null ? begin(vertx).orElseThrow() : known;
    }

    /** See {@link Hub#moveAll}. */
    void moveAll(long afterMillis, BooleanSupplier isToGo) {
        loopToHub.values().forEach(hub -> hub.moveAll(afterMillis, isToGo));
    }

    void end(Hub hub) {
        loopToHub.values().remove(hub);
    }
}
