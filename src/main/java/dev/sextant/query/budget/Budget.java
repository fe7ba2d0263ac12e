package dev.sextant.query.budget;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a caller will spend on an answer.
 *
 * @param maxMillis of waiting; null for as long as the server allows
 * @param maxCost in units; null for any
 * @param maxError how far off an answer may be, as {@link dev.sextant.query.model.ErrorBound} says it; null for any
 */
public record Budget(
        @Nullable Long maxMillis,
        @Nullable Long maxCost,
        @Nullable Double maxError,
        OnExceed onExceed) {

    /** What happens where the budget does not suffice. */
    public enum OnExceed {
        APPROXIMATE,
        ASYNC,
        FAIL
    }

    /** Reads what keeps to the contract. */
    static Budget of(JsonNode budget) {
        return new Budget(
                budget.hasNonNull("max_ms") ? budget.get("max_ms").asLong() : null,
                budget.hasNonNull("max_cost") ? budget.get("max_cost").asLong() : null,
                budget.hasNonNull("max_error") ? budget.get("max_error").asDouble() : null,
                OnExceed.valueOf(budget.path("on_exceed").asText("fail").toUpperCase(Locale.ROOT)));
    }

    /** The same where time does not count; null where nothing is left of it. */
    @Nullable
    Budget patient() {
        return onExceed == OnExceed.ASYNC ? null : new Budget(null, maxCost, maxError, onExceed);
    }

    public boolean covers(Quote quote) {
        return coversCost(quote) && (maxMillis == null || quote.millis() <= maxMillis);
    }

    public boolean coversCost(Quote quote) {
        return maxCost == null || quote.units() <= maxCost;
    }
}
