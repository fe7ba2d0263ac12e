package dev.sextant.store;

/**
 * What a node tells of its lease of a limit that all nodes share, and what it asks for.
 *
 * @param node this one, in this life of it
 * @param quota of all nodes
 * @param windowMillis in any stretch of this length; 0 where things are counted that are there at once
 * @param spent since the last request
 * @param held what it has and keeps
 * @param wanted more
 * @param believedMillis for how long it is believed to hold it; after that it is taken to have spent it all
 * @param nowMillis 0 for Redis's own clock
 */
public record LeaseRequest(
        String node,
        long quota,
        long windowMillis,
        long spent,
        long held,
        long wanted,
        long believedMillis,
        long nowMillis) {

    /** A window is told from the next one to a hundredth of its length. */
    static final int SLOTS = 100;
}
