package dev.sextant.live;

import dev.sextant.kernel.Problem;

/** What happened to a live query. */
public sealed interface News {

    record Changed(Delta delta) implements News {}

    /** It begins anew: what was told before is void. */
    record Restarted(Start.Snapshot snapshot) implements News {}

    /**
     * It could not be answered again.
     *
     * @param over whether that is the end, and all seats are gone; else it is tried further
     */
    record Failed(Problem problem, boolean over) implements News {}
}
