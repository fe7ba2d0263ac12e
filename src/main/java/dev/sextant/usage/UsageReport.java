package dev.sextant.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has used in a period, as far as records have reached the log: that takes a second or so.
 *
 * @param forecast null where none was asked for, or the period is over, or not begun
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UsageReport(
        String tenantId,
        Period period,
        Instant asOf,
        Totals totals,
        List<Step> series,
        @Nullable List<Group> breakdown,
        @Nullable Forecast forecast,
        Reconciliation reconciliation) {

    record Period(Instant from, Instant to) {}

    /** @param wsMinutes for how long sockets were open, of all together */
    record Totals(long requests, long errors, long costUnits, long eventsIngested, long bytesOut, double wsMinutes) {

        static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);
    }

    /** One grain of the period; those without usage are left out. */
    record Step(Instant at, Totals totals) {}

    /**
     * What was used by one operation, one key, or one key at one operation.
     *
     * @param p99Ms at most half as much again as it was
     */
    record Group(GroupKey key, Totals totals, double p99Ms) {}

    /** What is not grouped by is null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GroupKey(@Nullable String operation, @Nullable String apiKey) {}

    /** What it comes to when the rest of the period is as the last seven days were, or all days that there are. */
    record Forecast(Totals endOfPeriod) {}

    /**
     * The log's own count beside the meter's.
     *
     * @param treeHead the log's root hash, in hex
     */
    record Reconciliation(long auditCount, boolean matches, long treeSize, String treeHead) {}
}
