package dev.sextant.query.stream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sextant.query.model.TimeRange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a stream beside its rows.
 *
 * @param rows how many there are
 * @param timeRange that was looked at; null for all time
 * @param units that it costs; told nowhere in the stream
 * @param watermark the latest event time of the dataset; null where there are no events
 * @param exact false where a sketch was used
 */
record StreamMeta(
        String queryId,
        String dataVersion,
        TimeRange.@Nullable Between timeRange,
        long rows,
        boolean exact,
        @Nullable Instant watermark,
        double queueMs,
        @JsonIgnore long units) {}
