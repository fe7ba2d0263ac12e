package dev.sextant.audit.journal;

import java.time.Duration;

/**
 * {@code audit.journal:} in the configuration file.
 *
 * @param segmentBytes the size of one file
 * @param bytesMax all files together; with more, nothing is begun that would have to be put on record
 * @param syncEvery how much may be lost when the machine, not the process, dies
 */
public record JournalConfig(int segmentBytes, long bytesMax, Duration syncEvery) {

    public static final JournalConfig DEFAULT = new JournalConfig(8 << 20, 4L << 30, Duration.ofMillis(100));

    public JournalConfig {
        if (segmentBytes < 64 << 10 || segmentBytes > 1 << 30 || bytesMax < 3L * segmentBytes) {
            throw new IllegalArgumentException("audit.journal: segment_bytes must be 64 KiB to 1 GiB,"
                    + " and bytes_max at least three times as much");
        }
        if (syncEvery.toMillis() < 1 || syncEvery.toSeconds() > 60) {
            throw new IllegalArgumentException("audit.journal: sync_every must be 1ms to 60s");
        }
    }
}
