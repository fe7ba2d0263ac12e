package dev.sextant.live;

import dev.sextant.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Start} holds, as it goes from node to node. Pure.
 *
 * @param snapshot the body of a snapshot; null where {@code deltas} lead on from what was known
 * @param lost see {@link Start.Snapshot#lost}
 */
record LivePage(
        String epoch,
        long offset,
        @Nullable String snapshot,
        @Nullable String lost,
        List<Step> deltas) {

    /** @param ageMillis how long ago the first data in it was heard of; null where only time went on */
    record Step(long offset, String watermark, @Nullable Long ageMillis, List<Row> rows) {}

    /** @param row null where it is taken away */
    record Row(String key, @Nullable String row) {}

    static LivePage of(Start start) {
        return switch (start) {
            case Start.Snapshot all ->
                new LivePage(
                        all.epoch(), all.offset(), all.body().toString(StandardCharsets.UTF_8), all.lost(), List.of());
            case Start.Missed missed ->
                new LivePage(
                        missed.epoch(),
                        missed.offset(),
                        null,
                        null,
                        missed.deltas().stream().map(LivePage::step).toList());
        };
    }

    private static Step step(Delta delta) {
        Long heard = delta.heardNanos();
        return new Step(
                delta.offset(),
                delta.watermark(),
                heard == null ? null : (Long) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heard),
                delta.changes().stream()
                        .map(change -> new Row(change.keyJson(), change.rowJson()))
                        .toList());
    }

    Start start() {
        return snapshot == null
                ? new Start.Missed(
                        epoch, offset, deltas.stream().map(LivePage::delta).toList())
                : new Start.Snapshot(epoch, offset, Buffer.buffer(snapshot), lost);
    }

    private static Delta delta(Step step) {
        Long age = step.ageMillis();
        List<Change> changes = step.rows().stream()
                .map(row -> new Change(List.of(row.key()), row.key(), row.row()))
                .toList();
        Long heard = age == null ? null : (Long) (System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(age));
        return Delta.of(step.offset(), changes, step.watermark(), heard);
    }

    byte[] bytes() {
        return Json.write(this);
    }

    static LivePage read(byte[] bytes) {
        return Json.read(bytes, LivePage.class);
    }
}
