package dev.sextant.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.live.Change;
import dev.sextant.live.Delta;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PendingDeltaTest {

    private static final int GONE = 0;

    @Test
    void sendsASingleDeltaAsItIs() {
        PendingDelta pending = new PendingDelta();
        Delta delta = delta(7, Map.of(1, 5));

        pending.add(delta);

        assertThat(pending.body()).isSameAs(delta.body());
        assertThat(pending.skipped()).isZero();
    }

    @Test
    void keepsTheLastChangeOfEachKeyAndWhenTheFirstDataCame() {
        PendingDelta pending = new PendingDelta();
        pending.add(delta(7, Map.of(1, 5, 2, GONE)));
        pending.add(delta(8, Map.of(1, GONE)));
        pending.add(delta(9, Map.of(2, 6)));

        assertThat(pending.body()).hasToString("\"offset\":9,\"upsert\":[[2,6]],\"delete\":[[1]],\"watermark\":null");
        assertThat(pending.skipped()).isEqualTo(2);
        assertThat(pending.rows()).isEqualTo(2);
        assertThat(pending.heardNanos()).isEqualTo(7);
    }

    /** A change to {@link #GONE} takes the row away. */
    @Property(tries = 300)
    void foldingMergedDeltasGivesWhatFoldingEachGives(
            @ForAll @Size(max = 20)
                    List<@Size(min = 1, max = 5) Map<@IntRange(max = 6) Integer, @IntRange(max = 3) Integer>> changes,
            @ForAll @IntRange(min = 1, max = 7) int merged) {
        Map<Integer, Integer> oneByOne = new HashMap<>();
        Map<Integer, Integer> inGroups = new HashMap<>();
        PendingDelta pending = new PendingDelta();
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Delta delta = delta(i + 1, changes.get(i));
            fold(oneByOne, delta.body());
            pending.add(delta);
            if ((i + 1) % merged == 0 || i + 1 == changes.size()) {
                offsets.add(fold(inGroups, pending.body()));
                pending.clear();
            }
        }

        assertThat(inGroups).isEqualTo(oneByOne);
        assertThat(offsets).isSorted().doesNotHaveDuplicates();
    }

    private static Delta delta(long offset, Map<Integer, Integer> keyToValue) {
        List<Change> changes = new ArrayList<>();
        new TreeMap<>(keyToValue)
                .forEach((key, value) -> changes.add(new Change(
                        List.of(key), "[" + key + "]", value == GONE ? null : "[" + key + "," + value + "]")));
        return new Delta(offset, changes, "null", offset, Delta.body(offset, changes, "null"));
    }

    /** Folds what a client would read, and says its offset. */
    private static int fold(Map<Integer, Integer> folded, Buffer body) {
        JsonNode delta = tree("{" + body + "}");
        delta.get("delete").forEach(key -> folded.remove(key.get(0).intValue()));
        delta.get("upsert")
                .forEach(row -> folded.put(row.get(0).intValue(), row.get(1).intValue()));
        return delta.get("offset").intValue();
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(Buffer.buffer(json).getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
