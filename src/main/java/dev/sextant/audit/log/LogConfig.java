package dev.sextant.audit.log;

import java.time.Duration;

/**
 * {@code audit.log:} in the configuration file.
 *
 * @param checkedMax how many records one request may have checked
 * @param signEvery how often the heads of logs that have grown are signed
 */
public record LogConfig(int checkedMax, Duration signEvery) {

    public static final LogConfig DEFAULT = new LogConfig(100_000, Duration.ofSeconds(30));

    public LogConfig {
        if (checkedMax < 1000 || checkedMax > 10_000_000) {
            throw new IllegalArgumentException("audit.log: checked_max must be 1,000 to 10,000,000");
        }
        if (signEvery.toSeconds() < 1 || signEvery.toDays() > 1) {
            throw new IllegalArgumentException("audit.log: sign_every must be 1s to 1d");
        }
    }
}
