package dev.sextant.push;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Finds the hub of the event loop that asks, so that a socket stays on the loop that accepted it. Safe for all threads. */
final class Loops {

    /** An event loop is one thread, for as long as it lives. */
    private final ConcurrentMap<Thread, Hub> loopToHub = new ConcurrentHashMap<>();

    /** The hub belongs to the loop that calls. */
    void put(Hub hub) {
        loopToHub.put(Thread.currentThread(), hub);
    }

    void remove(Hub hub) {
        loopToHub.values().remove(hub);
    }

    /** Fails where there is none, as before the start and after the stop. */
    Hub here() {
        return Optional.ofNullable(loopToHub.get(Thread.currentThread()))
                .orElseThrow(() -> new ProblemException(
                        new Problem.Unavailable("push", "No stream can be opened here; try again shortly.")));
    }
}
