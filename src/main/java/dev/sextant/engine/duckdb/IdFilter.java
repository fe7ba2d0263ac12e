package dev.sextant.engine.duckdb;

/**
 * Says of an id's hash that it was certainly never added, or that it may have been.
 *
 * <p>A Bloom filter (B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 1970) of 2^22 bits for
 * {@value #IDS_MAX} ids, with 10 probes by double hashing (Kirsch and Mitzenmacher 2006): (1−e^(−10·2^17/2^22))^10, which
 * is 2 wrong answers in a million.
 */
final class IdFilter {

    static final int IDS_MAX = 1 << 17;
    static final int BYTES = 1 << 19;

    private static final int PROBES = 10;
    private static final int BIT_MASK = BYTES * 8 - 1;

    private final long[] words = new long[BYTES / Long.BYTES];

    void add(long hash) {
        int step = step(hash);
        int bit = (int) hash;
        for (int probe = 0; probe < PROBES; probe++) {
            words[(bit & BIT_MASK) >>> 6] |= 1L << bit;
            bit += step;
        }
    }

    boolean mayHold(long hash) {
        int step = step(hash);
        int bit = (int) hash;
        for (int probe = 0; probe < PROBES; probe++) {
            if ((words[(bit & BIT_MASK) >>> 6] & (1L << bit)) == 0) {
                return false;
            }
            bit += step;
        }
        return true;
    }

    /** Odd, so that the probes of one id never fall together. */
    private static int step(long hash) {
        return (int) (hash >>> 32) | 1;
    }

    /** 64 well mixed bits of a text; the end is the finalizer of MurmurHash3 (A. Appleby, 2011). */
    static long hash(String id) {
        long h = id.length();
        for (int i = 0; i < id.length(); i++) {
            h = (h ^ id.charAt(i)) * 0x9E3779B97F4A7C15L;
            h ^= h >>> 29;
        }
        h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
        h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return h ^ (h >>> 33);
    }
}
