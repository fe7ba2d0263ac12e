package dev.sextant.usage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks what a tenant has used.
 *
 * @param tenantId the caller's own, or any where the caller may cross over
 * @param period a month or a day of UTC; null for the present month
 * @param granularity {@code hour}, {@code day} or {@code month}: of the series
 * @param groupBy {@code operation} and {@code api_key}, or one of them, or none
 */
record GetUsage(
        String tenantId, @Nullable String period, String granularity, List<String> groupBy, boolean withForecast) {

    GetUsage {
        groupBy = List.copyOf(groupBy);
    }
}
