package dev.sextant.audit;

import dev.sextant.audit.journal.JournalConfig;
import dev.sextant.audit.log.LogConfig;
import java.time.Duration;

/**
 * {@code audit:} in the configuration file.
 *
 * @param journal what is kept on this node's disk
 * @param log the logs of the tenants
 * @param ship how records get from the one to the others
 * @param addressesMax how many addresses of unknown callers are counted apart, within a minute; the rest is counted together
 */
public record AuditConfig(JournalConfig journal, LogConfig log, Ship ship, int addressesMax) {

    /**
     * From the journal into PostgreSQL.
     *
     * @param every the pause after all was shipped
     * @param recordsMax in one transaction
     * @param orphansAfter how long a change may be without the record of its call until it becomes one itself
     */
    public record Ship(Duration every, int recordsMax, Duration orphansAfter) {

        public Ship {
            if (every.toMillis() < 10 || every.toSeconds() > 60 || recordsMax < 10 || recordsMax > 10_000) {
                throw new IllegalArgumentException(
                        "audit.ship: every must be 10ms to 60s, and records_max 10 to 10,000");
            }
            if (orphansAfter.toSeconds() < 1) {
                throw new IllegalArgumentException("audit.ship: orphans_after must be 1s or more");
            }
        }
    }

    public static final AuditConfig DEFAULT = new AuditConfig(
            JournalConfig.DEFAULT,
            LogConfig.DEFAULT,
            new Ship(Duration.ofMillis(250), 1000, Duration.ofMinutes(5)),
            10_000);

    public AuditConfig {
        if (addressesMax < 1 || addressesMax > 1_000_000) {
            throw new IllegalArgumentException("audit: addresses_max must be 1 to 1,000,000");
        }
    }
}
