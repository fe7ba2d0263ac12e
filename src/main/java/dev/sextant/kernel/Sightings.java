package dev.sextant.kernel;

/**
 * Tells what was seen before and not long ago, by its hash and so only roughly: what comes once is not worth remembering.
 * Source: the doorkeeper of Einziger, Friedman and Manes, TinyLFU (2017), section 3.4.2. Any thread: whoever races another
 * may be told wrongly.
 */
public final class Sightings {

    private static final int BITS = 16;
    private static final int GOLDEN = 0x9E3779B9; // 2^32 over the golden ratio: spreads what differs in low bits

    private final int[] placeToHash = new int[1 << BITS];

    /** Whether this was seen already; it is from now on, until something else takes its place. */
    public boolean again(int hash) {
        int place = (hash * GOLDEN) >>> (Integer.SIZE - BITS);
        boolean seen = placeToHash[place] == hash;
        placeToHash[place] = hash;
        return seen;
    }
}
