package dev.sextant.query.run;

import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Trace;
import dev.sextant.query.cache.CachedResult;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.cache.JsonValues;
import dev.sextant.query.compile.Explanation;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is true of one request only, put in before the last brace of the result.
 *
 * @param queryId such as {@code qry_…}
 * @param startedNanos when the operation began, on the monotonic clock
 * @param explanation null where none was asked for
 */
public record Envelope(
        Answered answered,
        String queryId,
        long startedNanos,
        Instant now,
        @Nullable Explanation explanation) {

    private static final int META_CHARACTERS = 400;

    /** What a query is called that is answered at once. */
    public static String queryId(Trace trace) {
        return "qry_" + trace.spanId();
    }

    public Map<String, String> headers() {
        return Map.of(
                "content-type",
                "application/json",
                "etag",
                answered.result().etag(),
                "cache-status",
                answered.hit() ? "sextant; hit" : "sextant; fwd=miss",
                "server-timing",
                "queue;dur=" + millis(queuedNanos()));
    }

    public Buffer json() {
        CachedResult result = answered.result();
        StringBuilder meta = new StringBuilder(META_CHARACTERS)
                .append(",\"meta\":{\"query_id\":\"")
                .append(queryId)
                .append("\",\"cache\":\"")
                .append(answered.cache().name().toLowerCase(Locale.ROOT))
                .append("\",\"elapsed_ms\":")
                .append(millis(System.nanoTime() - startedNanos))
                .append(",\"queue_ms\":")
                .append(millis(queuedNanos()));
        appendEffort(meta, result.effort());
        DatasetState state = answered.state();
        appendWatermark(meta, state.watermark());
        meta.append(",\"freshness_ms\":").append(freshnessMillis(state, now)).append(",\"stale\":false}}");
        return Buffer.buffer(result.json().length() + meta.length())
                .appendBuffer(result.json())
                .appendBuffer(explained())
                .appendString(meta.toString());
    }

    /** What is in the cache was paid for by whoever asked first. */
    private void appendEffort(StringBuilder meta, Effort effort) {
        meta.append(",\"rows_scanned\":")
                .append(answered.hit() ? 0 : effort.rows())
                .append(",\"cost\":{\"quoted\":")
                .append(Math.max(1, effort.units()))
                .append(",\"charged\":")
                .append(answered.hit() ? 0 : effort.units())
                .append(",\"unit\":\"units\"}");
    }

    private Buffer explained() {
        return explanation == null
                ? Buffer.buffer()
                : Buffer.buffer(",\"explain\":").appendBytes(Json.write(explanation));
    }

    private long queuedNanos() {
        return answered.hit() ? 0 : answered.result().effort().queuedNanos();
    }

    /** How long ago the latest events of the answer were stored; null where there are none. */
    public static @Nullable Long freshnessMillis(DatasetState state, Instant now) {
        return state.committedAt() == null
                ? null
                : Math.max(0, Duration.between(state.committedAt(), now).toMillis());
    }

    /** With two decimals. */
    private static String millis(long nanos) {
        long hundredths = nanos / 10_000;
        return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
    }

    private static void appendWatermark(StringBuilder meta, @Nullable Instant instant) {
        meta.append(",\"watermark\":");
        if (instant == null) {
            meta.append("null");
        } else {
            meta.append('"').append(JsonValues.text(instant)).append('"');
        }
    }
}
