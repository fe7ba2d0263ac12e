package dev.sextant.health;

/** Whether the server wants requests: not before it has started, and not once it is about to stop. For all threads. */
public final class Readiness {

    /** Where a server is in its life. */
    public enum Phase {
        STARTING,
        SERVING,
        DRAINING
    }

    private volatile Phase phase = Phase.STARTING;

    public void enter(Phase next) {
        phase = next;
    }

    Phase phase() {
        return phase;
    }
}
