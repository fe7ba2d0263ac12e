package dev.sextant.analytics.olap;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sextant.query.model.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metrics of a window of time; what was not asked for is absent. Values are as in the rows of a query. */
record MetricsReport(
        String tenantId,
        String dataset,
        String timeframe,
        TimeRange.Between window,
        @Nullable Instant watermark,
        @Nullable Long freshnessMs,
        String dataVersion,
        Map<String, Metric> metrics,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Group> groups,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Map<String, @Nullable Object>> series,
        Links links) {

    /**
     * One metric.
     *
     * @param previous in the window that is compared with, absent where none is, or where it had no value
     * @param changePct from there to here, in percent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Metric(
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Object value,

            @Nullable Object previous,
            @Nullable Double changePct,
            @Nullable String unit,
            @Nullable String currency,
            boolean exact) {}

    /** The metrics of one value of the field that is grouped by. */
    record Group(Map<String, @Nullable Object> key, Map<String, @Nullable Object> values) {}

    /** Where to go from here. */
    record Links(String stream) {}
}
