package dev.sextant.demo;

import java.time.Instant;
import java.util.List;

/** What arrives as time passes. Used by one thread at a time; may read and reckon, so not on an event loop. */
sealed interface LiveFeed permits EditFeed, ShopFeed {

    /** Tags every event that arrived so. */
    String SOURCE = "replay";

    /**
     * The events since it was last asked, as JSON in the order of their times, none later than {@code now}. Where there
     * are more than {@code eventsMax}, the rest come next time.
     */
    List<byte[]> due(Instant now, int eventsMax);
}
