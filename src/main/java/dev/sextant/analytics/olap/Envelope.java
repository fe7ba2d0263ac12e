package dev.sextant.analytics.olap;

import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.Trace;
import dev.sextant.query.cache.JsonValues;
import dev.sextant.query.run.Answered;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is true of one request only, put in before the last brace of the result.
 *
 * @param startedNanos when the operation began, on the monotonic clock
 */
record Envelope(Answered answered, Trace trace, long startedNanos, Instant now) {

    Map<String, String> headers() {
        return Map.of(
                "content-type",
                "application/json",
                "etag",
                answered.result().etag(),
                "cache-status",
                answered.hit() ? "sextant; hit" : "sextant; fwd=miss");
    }

    Buffer json() {
        Buffer result = answered.result().json();
        DatasetState state = answered.state();
        StringBuilder meta = new StringBuilder(240)
                .append(",\"meta\":{\"query_id\":\"qry_")
                .append(trace.spanId())
                .append("\",\"cache\":\"")
                .append(answered.cache().name().toLowerCase(Locale.ROOT))
                .append("\",\"elapsed_ms\":");
        appendMillis(meta, System.nanoTime() - startedNanos);
        meta.append(",\"watermark\":");
        appendInstant(meta, state.watermark());
        meta.append(",\"freshness_ms\":").append(freshnessMillis(state, now)).append("}}");
        return Buffer.buffer(result.length() + meta.length())
                .appendBuffer(result)
                .appendString(meta.toString());
    }

    /** How long ago the latest events of the answer were stored; null where there are none. */
    static @Nullable Long freshnessMillis(DatasetState state, Instant now) {
        return state.committedAt() == null
                ? null
                : Math.max(0, Duration.between(state.committedAt(), now).toMillis());
    }

    /** With two decimals. */
    private static void appendMillis(StringBuilder json, long nanos) {
        long hundredths = nanos / 10_000;
        json.append(hundredths / 100).append('.').append(hundredths / 10 % 10).append(hundredths % 10);
    }

    private static void appendInstant(StringBuilder json, @Nullable Instant instant) {
        if (instant == null) {
            json.append("null");
        } else {
            json.append('"').append(JsonValues.text(instant)).append('"');
        }
    }
}
