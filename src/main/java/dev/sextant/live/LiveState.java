package dev.sextant.live;

import dev.sextant.kernel.Ids;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.cache.ShownColumns;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a live query is: the last answer, its epoch and offset, and the deltas that led there, as many as are kept.
 * Pure but for the names of epochs; one thread.
 */
final class LiveState {

    /** The answer that all is told about. */
    private record Told(ResultTable table, ShownColumns columns, LiveResult result) {

        static Told of(ResultTable table) {
            return new Told(table, ShownColumns.of(table), LiveResult.of(table));
        }
    }

    private final int keptDeltasMax;
    private final int keptRowsMax;
    private final Deque<Delta> kept = new ArrayDeque<>();
    private int keptRows;
    private String epoch = "";
    private long offset;
    private @Nullable Told told;
    private Start.@Nullable Snapshot snapshot;

    LiveState(LiveConfig config) {
        this.keptDeltasMax = config.keptDeltasMax();
        this.keptRowsMax = config.keptRowsMax();
    }

    /** False until there was an answer. */
    boolean isThere() {
        return told != null;
    }

    Resume told() {
        return new Resume(epoch, offset);
    }

    /**
     * Goes on to another answer.
     *
     * @param heardNanos see {@link Delta}
     * @return nothing where it is the same, or the first; a restart where the columns are told in another way than before
     */
    Optional<News> advance(ResultTable table, @Nullable Long heardNanos) {
        Told before = told;
        if (before != null && before.table().equals(table)) {
            return Optional.empty();
        }
        Told after = Told.of(table);
        told = after;
        if (before == null) {
            begin();
            return Optional.empty();
        }
        if (!before.columns().equals(after.columns())) {
            begin();
            return Optional.of(new News.Restarted(snapshot()));
        }
        List<Change> changes = before.result().changesTo(after.result(), after.columns());
        return changes.isEmpty() ? Optional.empty() : Optional.of(new News.Changed(next(changes, table, heardNanos)));
    }

    private void begin() {
        epoch = Ids.make("epo");
        offset = 0;
        kept.clear();
        keptRows = 0;
        snapshot = null;
    }

    private Delta next(List<Change> changes, ResultTable table, @Nullable Long heardNanos) {
        offset++;
        snapshot = null;
        Delta delta = Delta.of(offset, changes, RowTexts.instant(table.state().watermark()), heardNanos);
        kept.add(delta);
        keptRows += changes.size();
        while (kept.size() > keptDeltasMax || keptRows > keptRowsMax) {
            keptRows -= kept.remove().changes().size();
        }
        return delta;
    }

    /** What one begins with who was told so far as {@code resume} says. Only once there is an answer. */
    Start start(@Nullable Resume resume) {
        if (resume == null) {
            return snapshot();
        }
        if (!resume.epoch().equals(epoch)) {
            return snapshot().after("epoch_lost");
        }
        long missed = offset - resume.offset();
        if (missed < 0 || missed > kept.size()) {
            return snapshot().after("offset_lost");
        }
        return new Start.Missed(
                epoch, offset, kept.stream().skip(kept.size() - missed).toList());
    }

    private Start.Snapshot snapshot() {
        if (snapshot == null) {
            Told last = Objects.requireNonNull(told, "There must be an answer");
            Map<List<@Nullable Object>, List<@Nullable Object>> rows =
                    last.result().keyToRow();
            snapshot = new Start.Snapshot(
                    epoch, offset, RowTexts.snapshot(epoch, offset, last.columns(), rows.values()), null);
        }
        return snapshot;
    }
}
