package dev.sextant.query.run;

import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.Trace;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.cache.JsonValues;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is true of one request only: where its answer comes from, what it took, and how far the data is.
 *
 * @param queryId such as {@code qry_…}
 * @param startedNanos when the operation began, on the monotonic clock
 * @param effort of whoever asked first
 * @param state of the dataset as it is now
 * @param stale whether there is data of the range that the answer does not know, being one of an earlier version
 */
public record Meta(
        String queryId,
        long startedNanos,
        Instant now,
        CacheStatus cache,
        Effort effort,
        DatasetState state,
        boolean stale) {

    private static final int CHARACTERS = 400;

    /** What a query is called that is answered at once. */
    public static String queryId(Trace trace) {
        return "qry_" + trace.spanId();
    }

    /** How long ago the latest events of the answer were stored; null where there are none. */
    public static @Nullable Long freshnessMillis(DatasetState state, Instant now) {
        return state.committedAt() == null
                ? null
                : Math.max(0, Duration.between(state.committedAt(), now).toMillis());
    }

    /** The header {@code Server-Timing}. */
    public String timing() {
        return "queue;dur=" + millis(queuedNanos());
    }

    /** The member {@code meta}, after a comma. */
    public String json() {
        StringBuilder json = new StringBuilder(CHARACTERS)
                .append(",\"meta\":{\"query_id\":\"")
                .append(queryId)
                .append("\",\"cache\":\"")
                .append(cache.name().toLowerCase(Locale.ROOT))
                .append("\",\"elapsed_ms\":")
                .append(millis(System.nanoTime() - startedNanos))
                .append(",\"queue_ms\":")
                .append(millis(queuedNanos()));
        appendEffort(json);
        appendWatermark(json, state.watermark());
        return json.append(",\"freshness_ms\":")
                .append(freshnessMillis(state, now))
                .append(",\"stale\":")
                .append(stale)
                .append('}')
                .toString();
    }

    /** What is in the cache was paid for by whoever asked first. */
    private void appendEffort(StringBuilder json) {
        json.append(",\"rows_scanned\":")
                .append(isHit() ? 0 : effort.rows())
                .append(",\"cost\":{\"quoted\":")
                .append(effort.unitsQuoted())
                .append(",\"charged\":")
                .append(isHit() ? 0 : effort.units())
                .append(",\"unit\":\"units\"}");
    }

    private static void appendWatermark(StringBuilder json, @Nullable Instant instant) {
        json.append(",\"watermark\":");
        if (instant == null) {
            json.append("null");
        } else {
            json.append('"').append(JsonValues.text(instant)).append('"');
        }
    }

    private boolean isHit() {
        return cache == CacheStatus.HIT || cache == CacheStatus.STALE;
    }

    private long queuedNanos() {
        return isHit() ? 0 : effort.queuedNanos();
    }

    /** With two decimals. */
    private static String millis(long nanos) {
        long hundredths = nanos / 10_000;
        return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
    }
}
