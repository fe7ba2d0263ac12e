package dev.sextant.query.run;

import dev.sextant.kernel.Json;
import dev.sextant.query.cache.CachedResult;
import dev.sextant.query.compile.Explanation;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is true of one request only in before the last brace of the result.
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

    public Map<String, String> headers() {
        return Map.of(
                "content-type",
                "application/json",
                "etag",
                answered.result().etag(),
                "cache-status",
                answered.cache().header(),
                "server-timing",
                meta().timing());
    }

    public Buffer json() {
        CachedResult result = answered.result();
        String meta = meta().json();
        return Buffer.buffer(result.json().length() + meta.length() + 1)
                .appendBuffer(result.json())
                .appendBuffer(explained())
                .appendString(meta)
                .appendByte((byte) '}');
    }

    private Meta meta() {
        return new Meta(
                queryId,
                startedNanos,
                now,
                answered.cache(),
                answered.result().effort(),
                answered.state(),
                answered.isStale());
    }

    private Buffer explained() {
        return explanation == null
                ? Buffer.buffer()
                : Buffer.buffer(",\"explain\":").appendBytes(Json.write(explanation));
    }
}
