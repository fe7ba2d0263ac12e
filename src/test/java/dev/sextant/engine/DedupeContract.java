package dev.sextant.engine;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
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
        Appended appended = await(engine.append(ACME, clicks("a", "b", "a", "a"), patience()));

        assertThat(appended).isEqualTo(new Appended(2, 2, 1));
    }

    @Test
    void dropsWhatWasSentBefore() {
        await(engine.append(ACME, clicks("a", "b"), patience()));

        Appended again = await(engine.append(ACME, clicks("b", "c", "a"), patience()));

        assertThat(again).isEqualTo(new Appended(1, 2, 2));
    }

    @Test
    void leavesTheVersionWhereAllWereDuplicates() {
        await(engine.append(ACME, clicks("a"), patience()));

        Appended again = await(engine.append(ACME, clicks("a"), patience()));

        assertThat(again).isEqualTo(new Appended(0, 1, 1));
        assertThat(commits).hasSize(1);
    }

    @Test
    void takesEventsWithMadeIdsEachTime() {
        Event made = new Event("evt_1", false, NOON, "api", row("home"), null);

        await(engine.append(ACME, batch(CLICKS, made), patience()));
        Appended again = await(engine.append(ACME, batch(CLICKS, made), patience()));

        assertThat(again).isEqualTo(new Appended(1, 0, 2));
    }

    @Test
    void takesEachIdOnceFromManyAtOnce() {
        List<Future<Appended>> appends = new ArrayList<>();
        for (int start = 0; start < 40; start++) {
            appends.add(engine.append(ACME, clicksFrom("id", start * 25, 100), patience()));
            appends.add(engine.append(ACME, clicksFrom("id", start * 25, 100), patience()));
        }

        long accepted = appends.stream()
                .map(Events::await)
                .mapToLong(Appended::accepted)
                .sum();

        assertThat(accepted).isEqualTo(1075); // 39 × 25 + 100
        assertThat(rows("SELECT COUNT(*), COUNT(DISTINCT event_id) FROM clicks", FieldType.LONG, FieldType.LONG))
                .containsExactly(list(1075L, 1075L));
        assertThat(await(engine.state(ACME, "clicks")).rows()).isEqualTo(1075);
    }
}
