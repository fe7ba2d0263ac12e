package dev.sextant.live;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a subscriber begins with. */
public sealed interface Start {

    String epoch();

    /** Of the last delta that is in it. */
    long offset();

    /**
     * All rows.
     *
     * @param body the members of the frame from {@code epoch} on, and its last brace
     * @param lost why there is no way on from where the subscriber was; null where it did not ask
     */
    record Snapshot(
            String epoch,
            long offset,
            Buffer body,
            @Nullable String lost) implements Start {

        Snapshot after(@Nullable String reason) {
            return new Snapshot(epoch, offset, body, reason);
        }
    }

    /** The deltas since, in order; none where there were none. */
    record Missed(String epoch, long offset, List<Delta> deltas) implements Start {
        public Missed {
            deltas = List.copyOf(deltas);
        }
    }
}
