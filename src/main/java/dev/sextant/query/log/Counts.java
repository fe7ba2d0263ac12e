package dev.sextant.query.log;

/**
 * What queries of one shape came to.
 *
 * @param asked how often they were asked
 * @param scans how often the engine read the events to answer
 * @param scannedRows that it read, at most, as the answers said
 * @param rollupReads how often it read a rollup
 * @param rollupRows that it read of them
 * @param engineMicros for how long it was at all that
 */
public record Counts(long asked, long scans, long scannedRows, long rollupReads, long rollupRows, long engineMicros) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(
                asked + other.asked,
                scans + other.scans,
                scannedRows + other.scannedRows,
                rollupReads + other.rollupReads,
                rollupRows + other.rollupRows,
                engineMicros + other.engineMicros);
    }
}
