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
    private volatile boolean isTakenOut;

    public void enter(Phase next) {
        phase = next;
    }

    /** Takes the server out of work while it goes on, or has it back. */
    public void takeOut(boolean out) {
        isTakenOut = out;
    }

    Phase phase() {
        return phase == Phase.SERVING && isTakenOut ? Phase.DRAINING : phase;
    }
}
