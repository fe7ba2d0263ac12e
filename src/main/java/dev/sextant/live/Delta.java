package dev.sextant.live;

import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one answer to the next.
 *
 * @param offset one more than that of the delta before
 * @param changes at most one for each key
 * @param watermark of the data in the answer, as JSON
 * @param heardNanos when this node heard of the first data in it, by {@code System.nanoTime()}; null where only time went on
 * @param body see {@link #body}
 */
public record Delta(
        long offset,
        List<Change> changes,
        String watermark,
        @Nullable Long heardNanos,
        Buffer body) {

    public Delta {
        changes = List.copyOf(changes);
    }

    static Delta of(long offset, List<Change> changes, String watermark, @Nullable Long heardNanos) {
        return new Delta(offset, changes, watermark, heardNanos, body(offset, changes, watermark));
    }

    /** The members of the frame from {@code offset} to {@code watermark}, the same for all who get it. */
    public static Buffer body(long offset, Collection<Change> changes, String watermark) {
        String upsert =
                changes.stream().map(Change::rowJson).filter(Objects::nonNull).collect(Collectors.joining(","));
        String delete = changes.stream()
                .filter(change -> change.rowJson() == null)
                .map(Change::keyJson)
                .collect(Collectors.joining(","));
        return Buffer.buffer("\"offset\":" + offset + ",\"upsert\":[" + upsert + "],\"delete\":[" + delete
                + "],\"watermark\":" + watermark);
    }
}
