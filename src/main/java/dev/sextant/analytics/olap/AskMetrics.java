package dev.sextant.analytics.olap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for metrics of a window of time that ends now.
 *
 * @param dataset null for the tenant's default one
 * @param timeframe such as {@code 5m}
 * @param metrics by name; none for all built-in ones that the dataset's roles allow
 * @param groupBy a field; null for no groups
 * @param step the grain of a series; null for none
 * @param compare how much earlier the window lies to compare with; null for none
 */
record AskMetrics(
        @Nullable String dataset,
        String timeframe,
        List<String> metrics,
        @Nullable String groupBy,
        @Nullable String step,
        @Nullable String compare) {
    AskMetrics {
        metrics = List.copyOf(metrics);
    }
}
