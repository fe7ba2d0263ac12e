package dev.sextant.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be looked at live. */
public sealed interface LiveQuestion {

    /** A query, as the caller sent it; it is not read yet. */
    record OfQuery(JsonNode body) implements LiveQuestion {}

    /**
     * Metrics of a window that ends now, as one row.
     *
     * @param dataset null for the tenant's default one
     * @param metrics by name; none for all built-in ones
     * @param timeframe such as {@code 5m}
     */
    record OfMetrics(@Nullable String dataset, List<String> metrics, String timeframe) implements LiveQuestion {
        public OfMetrics {
            metrics = List.copyOf(metrics);
        }
    }
}
