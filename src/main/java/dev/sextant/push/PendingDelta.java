package dev.sextant.push;

import dev.sextant.live.Change;
import dev.sextant.live.Delta;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deltas that wait to be sent to one subscription, merged into one: of each key, only the last change is kept. Folding
 * it gives what folding them one by one gives.
 */
final class PendingDelta {

    private final Map<List<@Nullable Object>, Change> keyToChange = new LinkedHashMap<>();
    private @Nullable Delta last;
    private @Nullable Long heardNanos;
    private int count;

    /** Adds the next one, in order. */
    void add(Delta delta) {
        if (count == 1) {
            mergeIn(Objects.requireNonNull(last, "There is one"));
        }
        if (count > 0) {
            mergeIn(delta);
        }
        if (heardNanos == null) {
            heardNanos = delta.heardNanos();
        }
        last = delta;
        count++;
    }

    private void mergeIn(Delta delta) {
        delta.changes().forEach(change -> {
            keyToChange.remove(change.key());
            keyToChange.put(change.key(), change);
        });
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** How many deltas were merged into another. */
    int skipped() {
        return Math.max(0, count - 1);
    }

    int rows() {
        return count == 1
                ? Objects.requireNonNull(last, "There is one").changes().size()
                : keyToChange.size();
    }

    /** When the node heard of the first data in it; null where only time went on. */
    @Nullable
    Long heardNanos() {
        return heardNanos;
    }

    /** As {@link Delta#body}; the very same buffer where there is one delta. */
    Buffer body() {
        Delta delta = Objects.requireNonNull(last, "Nothing waits");
        return count == 1 ? delta.body() : Delta.body(delta.offset(), keyToChange.values(), delta.watermark());
    }

    void clear() {
        keyToChange.clear();
        last = null;
        heardNanos = null;
        count = 0;
    }
}
