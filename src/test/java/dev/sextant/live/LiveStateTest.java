package dev.sextant.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveStateTest {

    private static final int KEPT_DELTAS_MAX = 5;
    private static final int KEPT_ROWS_MAX = 20;

    private final LiveState state = new LiveState(new LiveConfig(
            10,
            10,
            Duration.ofMillis(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            KEPT_DELTAS_MAX,
            KEPT_ROWS_MAX));

    @Test
    void tellsWhatIsNewWhatDiffersAndWhatIsGone() {
        state.advance(Tables.of(Map.of("a", 1L, "b", 2L, "c", 3L)), null);

        Delta delta = changed(state.advance(Tables.of(Map.of("a", 1L, "b", 5L, "d", 4L)), 7L));

        assertThat(delta.offset()).isEqualTo(1);
        assertThat(delta.heardNanos()).isEqualTo(7);
        assertThat(delta.changes())
                .extracting(change -> change.keyJson() + " " + change.rowJson())
                .containsExactlyInAnyOrder("[\"b\"] [\"b\",5]", "[\"d\"] [\"d\",4]", "[\"c\"] null");
    }

    @Test
    void writesADeltaUpToItsWatermark() {
        state.advance(Tables.of(Map.of("a", 1L)), null);

        Delta delta = changed(state.advance(Tables.of(Map.of("b", 2L)), null));

        assertThat(delta.body())
                .hasToString("\"offset\":1,\"upsert\":[[\"b\",2]],\"delete\":[[\"a\"]],\"watermark\":null");
    }

    @Test
    void saysNothingWhereNothingChanged() {
        assertThat(state.advance(Tables.of(Map.of("a", 1L)), null)).isEmpty();
        assertThat(state.advance(Tables.of(Map.of("a", 1L)), null)).isEmpty();
        assertThat(state.start(null).offset()).isZero();
    }

    @Test
    void beginsAnewWhereAColumnIsToldInAnotherWay() {
        state.advance(Tables.of(Map.of("a", 1L)), null);
        String before = state.start(null).epoch();

        Optional<News> news = state.advance(Tables.of(Map.of("a", 1L << 60)), null);

        assertThat(news).get().isInstanceOf(News.Restarted.class);
        assertThat(state.start(null).epoch()).isNotEqualTo(before);
        assertThat(((Start.Snapshot) state.start(null)).body().toString())
                .contains("\"type\":\"decimal\"")
                .endsWith("\"rows\":[[\"a\",\"1152921504606846976\"]]}");
    }

    @Test
    void knowsOnlyTheWayFromWhatItKept() {
        for (long value = 0; value <= 10; value++) {
            state.advance(Tables.of(Map.of("a", value)), null);
        }
        String epoch = state.start(null).epoch();

        assertThat(state.start(new Resume(epoch, 5)))
                .isInstanceOfSatisfying(
                        Start.Missed.class,
                        missed -> assertThat(missed.deltas())
                                .extracting(Delta::offset)
                                .containsExactly(6L, 7L, 8L, 9L, 10L));
        assertThat(state.start(new Resume(epoch, 10)))
                .isInstanceOfSatisfying(
                        Start.Missed.class,
                        missed -> assertThat(missed.deltas()).isEmpty());
        assertThat(lost(new Resume(epoch, 4))).isEqualTo("offset_lost");
        assertThat(lost(new Resume(epoch, 11))).isEqualTo("offset_lost");
        assertThat(lost(new Resume("another", 10))).isEqualTo("epoch_lost");
    }

    @Test
    void keepsNoMoreRowsThanItMay() {
        Map<String, Long> many = new HashMap<>();
        for (int i = 0; i <= KEPT_ROWS_MAX; i++) {
            many.put("k" + i, 1L);
        }
        state.advance(Tables.of(Map.of()), null);
        state.advance(Tables.of(many), null);

        assertThat(lost(new Resume(state.start(null).epoch(), 0))).isEqualTo("offset_lost");
    }

    @Property(tries = 300)
    void foldedDeltasAreTheLastAnswer(
            @ForAll @Size(min = 1, max = 12)
                    List<@Size(max = 6) Map<@IntRange(max = 5) Integer, @IntRange(max = 3) Integer>> answers) {
        Map<String, String> folded = new HashMap<>();
        LiveState live = new LiveState(LiveConfig.DEFAULT);
        List<Delta> deltas = new ArrayList<>();
        answers.forEach(answer -> live.advance(Tables.of(named(answer)), null)
                .ifPresent(news -> deltas.add(((News.Changed) news).delta())));

        named(answers.getFirst()).forEach((key, value) -> folded.put(key, row(key, value)));
        deltas.forEach(delta -> delta.changes().forEach(change -> fold(folded, change)));

        Map<String, String> expected = new HashMap<>();
        named(answers.getLast()).forEach((key, value) -> expected.put(key, row(key, value)));
        assertThat(folded).isEqualTo(expected);
        assertThat(deltas).extracting(Delta::offset).isSorted().doesNotHaveDuplicates();
    }

    private static void fold(Map<String, String> folded, Change change) {
        String key = String.valueOf(change.key().getFirst());
        if (change.rowJson() == null) {
            assertThat(folded.remove(key)).isNotNull();
        } else {
            folded.put(key, change.rowJson());
        }
    }

    private static Map<String, Long> named(Map<Integer, Integer> answer) {
        Map<String, Long> keyToValue = new HashMap<>();
        answer.forEach((key, value) -> keyToValue.put("k" + key, (long) value));
        return keyToValue;
    }

    private static String row(String key, long value) {
        return "[\"" + key + "\"," + value + "]";
    }

    private static Delta changed(Optional<News> news) {
        return ((News.Changed) news.orElseThrow()).delta();
    }

    private @Nullable String lost(Resume resume) {
        return ((Start.Snapshot) state.start(resume)).lost();
    }
}
