package dev.sextant.limits;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant may use; null is no limit. It has the shape of a request's body.
 *
 * @param maxRows of one answer to a query
 * @param maxQueryMs how long one query may take
 * @param overrides of single keys, within the tenant's
 * @param mode what becomes of a call for which nothing is left; null to refuse it
 * @param expiresAt when the plan's limits are back; null for never
 */
record Limits(
        @Nullable Requests requests,
        @Nullable CostUnits costUnits,
        @Nullable Concurrency concurrency,
        @Nullable Long maxRows,
        @Nullable Long maxQueryMs,
        @Nullable List<KeyLimits> overrides,
        @Nullable Mode mode,
        @Nullable Instant expiresAt) {

    /**
     * @param burst how many may come at once: then so many in as many seconds as they take at {@code perSecond}; null for
     *     {@code perSecond}
     */
    record Requests(
            @Nullable Long perSecond,
            @Nullable Long perMinute,
            @Nullable Long burst) {
        static final Requests NONE = new Requests(null, null, null);
    }

    record CostUnits(@Nullable Long perMinute, @Nullable Long perDay) {
        static final CostUnits NONE = new CostUnits(null, null);
    }

    /** @param websockets of each node an equal part */
    record Concurrency(@Nullable Long queries, @Nullable Long websockets) {
        static final Concurrency NONE = new Concurrency(null, null);
    }

    record KeyLimits(
            String apiKey,
            @Nullable Requests requests,
            @Nullable CostUnits costUnits,
            @Nullable Concurrency concurrency) {}

    /** What becomes of a call for which nothing is left. */
    enum Mode {
        @JsonProperty("throttle")
        THROTTLE,
        @JsonProperty("reject")
        REJECT
    }

    static final Limits NONE = new Limits(null, null, null, null, null, null, null, null);

    static Limits of(LimitsConfig.Plan plan) {
        return new Limits(
                new Requests(limit(plan.requestsPerSecond()), limit(plan.requestsPerMinute()), limit(plan.burst())),
                new CostUnits(limit(plan.costUnitsPerMinute()), limit(plan.costUnitsPerDay())),
                new Concurrency(limit(plan.queries()), limit(plan.websockets())),
                null,
                null,
                List.of(),
                Mode.REJECT,
                null);
    }

    private static @Nullable Long limit(long configured) {
        return configured == 0 ? null : (Long) configured;
    }

    Requests ofRequests() {
        return requests == null ? Requests.NONE : requests;
    }

    CostUnits ofCostUnits() {
        return costUnits == null ? CostUnits.NONE : costUnits;
    }

    Concurrency atOnce() {
        return concurrency == null ? Concurrency.NONE : concurrency;
    }

    List<KeyLimits> ofKeys() {
        return overrides == null ? List.of() : overrides;
    }

    Mode modeOrReject() {
        return mode == null ? Mode.REJECT : mode;
    }
}
