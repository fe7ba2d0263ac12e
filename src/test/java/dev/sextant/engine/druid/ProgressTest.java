package dev.sextant.engine.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Place CLICKS = new Place(new TenantId("ten_acme"), "clicks");

    private final List<Long> shown = new ArrayList<>();
    private final Set<Arrival> gone = new HashSet<>();
    private final List<Promise<Boolean>> proofs = new ArrayList<>();
    private final Progress progress = new Progress(
            arrival -> shown.add(arrival.version()), _ -> proof(), gone::contains, hour -> Math.floorDiv(hour, 24));

    private Future<Boolean> proof() {
        proofs.add(Promise.promise());
        return proofs.getLast().future();
    }

    private static Arrival rows(long version, long endOffset, long hour) {
        return new Arrival(
                new Stamp(Stamp.Kind.ROW, CLICKS, version, 0, 0, 0), endOffset, Map.of(hour, 1L), 0, 0, null);
    }

    @Test
    void showsWhatDruidHasReadAndItsBrokersFind() {
        progress.take(List.of(rows(1, 10, 0), rows(2, 20, 1)));

        progress.reach(10); // the next that it reads is the last record of the first entry
        assertThat(proofs).isEmpty();
        progress.reach(11);
        assertThat(shown).isEmpty();
        proofs.getFirst().complete(true);
        assertThat(shown).containsExactly(1L);
        progress.reach(21);

        assertThat(shown).containsExactly(1L, 2L); // in the same segment
        assertThat(proofs).hasSize(1);
        assertThat(progress.isBehind()).isFalse();
    }

    @Test
    void looksAgainWhereTheBrokersDoNotFindItYet() {
        progress.take(List.of(rows(1, 10, 0)));
        progress.reach(11);
        proofs.getFirst().complete(false);
        assertThat(shown).isEmpty();

        progress.reach(11);
        proofs.getLast().complete(true);

        assertThat(shown).containsExactly(1L);
    }

    @Test
    void concludesNothingFromRowsThatMayHaveBeenTakenOut() {
        Arrival taken = rows(1, 10, 0);
        gone.add(taken);
        progress.take(List.of(taken, rows(2, 20, 0)));

        progress.reach(21);

        assertThat(shown).containsExactly(1L);
        assertThat(proofs).hasSize(1); // the next of the segment is looked for
        proofs.getFirst().complete(true);
        assertThat(shown).containsExactly(1L, 2L);
        gone.add(rows(2, 20, 0));
        progress.doubt();
        assertThat(progress.isCertain()).isTrue();
    }

    @Test
    void looksAgainWhenAnotherTaskReads() {
        progress.take(List.of(rows(1, 10, 0), rows(2, 20, 0)));
        progress.reach(11);
        proofs.getFirst().complete(true);

        progress.doubt();
        assertThat(progress.isCertain()).isFalse();
        progress.reach(21);

        assertThat(shown).containsExactly(1L);
        proofs.getLast().complete(true);
        assertThat(shown).containsExactly(1L, 2L);
    }

    @Test
    void looksForWhatWasVisibleWhenAnotherTaskReads() {
        progress.take(List.of(rows(1, 10, 0), rows(2, 20, 100)));
        progress.reach(21);
        proofs.getFirst().complete(true);
        proofs.getLast().complete(true);

        progress.doubt();

        assertThat(progress.isCertain()).isFalse();
        proofs.getLast().complete(false);
        assertThat(progress.isCertain()).isFalse(); // asked again
        proofs.getLast().complete(true);
        assertThat(progress.isCertain()).isFalse();
        proofs.getLast().complete(true);
        assertThat(progress.isCertain()).isTrue();
    }

    @Test
    void passesOverWhatWasVisibleBeforeItBegan() {
        progress.take(List.of(rows(1, 10, 0), rows(2, 20, 0)));
        progress.beginAt(1);
        progress.reach(21);
        proofs.getFirst().complete(true);

        assertThat(shown).containsExactly(2L);
        assertThat(progress.covers(20)).isFalse();
        assertThat(progress.covers(21)).isTrue();
    }

    @Test
    void tellsThoseWhoWait() {
        Future<Void> waiting = progress.visible(1, new RunHandle());
        progress.take(List.of(rows(1, 10, 0)));
        assertThat(waiting.isComplete()).isFalse();

        progress.reach(11);
        proofs.getFirst().complete(true);

        assertThat(waiting.succeeded()).isTrue();
        assertThat(progress.visible(1, new RunHandle()).succeeded()).isTrue();
    }
}
