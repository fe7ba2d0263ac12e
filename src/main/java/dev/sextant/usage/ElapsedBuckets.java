package dev.sextant.usage;

/**
 * Counts of calls by how long they took: bucket i holds what took up to 0.1 ms times 1.5^i, the last one all that took longer
 * (28 s). A quantile is told as its bucket's upper bound, so at most half as much again as it was. Pure.
 */
final class ElapsedBuckets {

    static final int COUNT = 32;
    private static final double FIRST_MICROS = 100;
    private static final double GROWTH = 1.5;

    private ElapsedBuckets() {}

    static int bucket(long micros) {
        int bucket = 0;
        for (double bound = FIRST_MICROS; bucket < COUNT - 1 && micros > bound; bound *= GROWTH) {
            bucket++;
        }
        return bucket;
    }

    /** In ms, with two decimals; 0 where there were no calls. */
    static double quantileMillis(Long[] counts, double share) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        long rank = (long) Math.ceil(all * share);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length && all > 0; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return Math.round(FIRST_MICROS * Math.pow(GROWTH, bucket) / 10) / 100.0;
            }
        }
        return 0;
    }
}
