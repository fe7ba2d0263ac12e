package dev.sextant.query.log;

import java.util.concurrent.atomic.LongAdder;

/** Counts one shape until it is written. Safe for all threads. */
final class Tally {

    private final LongAdder asked = new LongAdder();
    private final LongAdder scans = new LongAdder();
    private final LongAdder scannedRows = new LongAdder();
    private final LongAdder rollupReads = new LongAdder();
    private final LongAdder rollupRows = new LongAdder();
    private final LongAdder engineMicros = new LongAdder();

    void asked() {
        asked.increment();
    }

    void add(Counts counts) {
        asked.add(counts.asked());
        scans.add(counts.scans());
        scannedRows.add(counts.scannedRows());
        rollupReads.add(counts.rollupReads());
        rollupRows.add(counts.rollupRows());
        engineMicros.add(counts.engineMicros());
    }

    Counts counts() {
        return new Counts(
                asked.sum(), scans.sum(), scannedRows.sum(), rollupReads.sum(), rollupRows.sum(), engineMicros.sum());
    }
}
