package dev.sextant.engine;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.clicks;
import static dev.sextant.engine.Events.clicksFrom;
import static dev.sextant.engine.Events.patience;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.EventBatch.Event;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How every engine must drop duplicates. */
public abstract class DedupeContract extends EngineUnderTest {

    @Test
    void dropsDuplicatesWithinABatch() {
        Appended appended = append(ACME, clicks("a", "b", "a", "a"));

        assertThat(appended.accepted()).isEqualTo(2);
        assertThat(appended.duplicates()).isEqualTo(2);
        assertThat(state(ACME).rows()).isEqualTo(2);
    }

    @Test
    void dropsWhatWasSentBefore() {
        append(ACME, clicks("a", "b"));

        Appended again = append(ACME, clicks("b", "c", "a"));

        assertTold(again, 1, 2);
        assertThat(state(ACME).rows()).isEqualTo(3);
    }

    @Test
    void leavesTheVersionWhereAllWereDuplicates() {
        append(ACME, clicks("a"));
        DatasetState before = state(ACME);

        Appended again = append(ACME, clicks("a"));

        assertTold(again, 0, 1);
        assertThat(state(ACME)).isEqualTo(before);
        assertThat(commits).hasSize(1);
    }

    @Test
    void takesEventsWithMadeIdsEachTime() {
        Event made = new Event("evt_1", false, NOON, "api", row("home"), null);

        append(ACME, batch(CLICKS, made));
        Appended again = append(ACME, batch(CLICKS, made));

        assertTold(again, 1, 0);
        assertThat(state(ACME).rows()).isEqualTo(2);
    }

    @Test
    void takesEachIdOnceFromManyAtOnce() {
        List<Future<Appended>> appends = new ArrayList<>();
        for (int start = 0; start < 40; start++) {
            appends.add(engine.append(ACME, clicksFrom("id", start * 25, 100), patience()));
            appends.add(engine.append(ACME, clicksFrom("id", start * 25, 100), patience()));
        }
        appends.forEach(Events::await);
        settle();

        String id = name(Table.EVENT_ID);
        assertThat(rows(select("clicks", "COUNT(*), COUNT(DISTINCT " + id + ")", FieldType.LONG, FieldType.LONG)))
                .containsExactly(list(1075L, 1075L)); // 39 × 25 + 100
        assertThat(state(ACME).rows()).isEqualTo(1075);
    }
}
