package dev.sextant.limits;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits that are in force for a tenant; null is no limit.
 *
 * @param version 0 where only the plan's were ever in force; also the ETag
 * @param effectiveAt since when they are in force; absent where they are the plan's
 * @param propagated told of a change that was just made
 * @param impact24h told of a change, made or simulated; absent where there are too many calls to play in time
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record LimitsReport(
        String tenantId,
        String plan,
        int version,
        Limits.Requests requests,
        Limits.CostUnits costUnits,
        Limits.Concurrency concurrency,
        @Nullable Long maxRows,
        @Nullable Long maxQueryMs,
        List<Limits.KeyLimits> overrides,
        Limits.Mode mode,
        @Nullable Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant effectiveAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Propagated propagated,

        @JsonProperty("impact_24h") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Impact impact24h) {

    /**
     * How far a change got while its caller waited.
     *
     * @param nodes on which it is in force
     * @param ms that this took
     */
    record Propagated(int nodes, long ms) {}

    /** What would have become of the last 24 hours' calls that were let in, second by second. */
    record Impact(long wouldThrottle, long wouldReject) {}

    static LimitsReport of(String tenantId, Kept kept, Limits inForce) {
        return new LimitsReport(
                tenantId,
                kept.plan(),
                kept.version(),
                inForce.ofRequests(),
                inForce.ofCostUnits(),
                inForce.atOnce(),
                inForce.maxRows(),
                inForce.maxQueryMs(),
                inForce.ofKeys(),
                inForce.modeOrReject(),
                inForce.expiresAt(),
                kept.updatedAt(),
                null,
                null);
    }

    LimitsReport with(@Nullable Propagated told, @Nullable Impact impact) {
        return new LimitsReport(
                tenantId,
                plan,
                version,
                requests,
                costUnits,
                concurrency,
                maxRows,
                maxQueryMs,
                overrides,
                mode,
                expiresAt,
                effectiveAt,
                told,
                impact);
    }
}
