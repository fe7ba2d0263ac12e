package dev.sextant.engine;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.clicks;
import static dev.sextant.engine.Events.patience;
import static dev.sextant.engine.Events.problem;
import static dev.sextant.engine.Events.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How every engine must delete. */
public abstract class DeletionContract extends DedupeContract {

    private static final Instant BEFORE = NOON.minusSeconds(3_600);

    private Condition ids(String... ids) {
        String any = String.join(" OR ", Collections.nCopies(ids.length, name(Table.EVENT_ID) + " = ?"));
        return new Condition("clicks", any, List.of((Object[]) ids));
    }

    @Test
    void deletesWhatIsMeantAndRaisesTheVersionsOfTheChunksThatLostRows() {
        long first = append(ACME, batch(CLICKS, event("a", BEFORE, row("home"), null)))
                .dataVersion();
        append(ACME, clicks("b", "c"));
        append(OTHER, clicks("b"));

        Deleted deleted = await(engine.delete(ACME, ids("b", "x"), patience()));

        assertThat(deleted.rows()).isEqualTo(1);
        Answer left = await(engine.run(ACME, count("clicks"), patience()));
        assertThat(value(left)).isEqualTo(2L);
        assertThat(left.state().dataVersion()).isEqualTo(deleted.dataVersion());
        assertThat(left.state().rows()).isEqualTo(2);
        assertThat(left.state().chunks().version(BEFORE, NOON)).isEqualTo(first);
        assertThat(left.state().chunks().version(NOON, null)).isEqualTo(deleted.dataVersion());
        assertThat(left.state().chunks().rows(null, null)).isEqualTo(2);
        assertThat(new ArrayList<>(commits).getLast().state()).isEqualTo(left.state());
        assertThat(state(OTHER).rows()).isEqualTo(1);
    }

    @Test
    void deletesNothingWhereNothingIsMeant() {
        append(ACME, clicks("a"));
        long before = state(ACME).dataVersion();

        Deleted deleted = await(engine.delete(ACME, ids("x"), patience()));

        assertThat(deleted).isEqualTo(new Deleted(0, before));
        assertThat(commits).hasSize(1);
        assertThat(problem(engine.delete(ACME, new Condition("none", "TRUE", List.of()), patience())))
                .isInstanceOf(Problem.NotFound.class);
    }

    @Test
    void keepsWhatComesAfterADeletion() {
        append(ACME, clicks("a", "b"));
        await(engine.delete(ACME, new Condition("clicks", "TRUE", List.of()), patience()));

        append(ACME, clicks("c"));

        assertThat(rows(select("clicks", name(Table.EVENT_ID), FieldType.STRING)))
                .containsExactly(list("c"));
        assertThat(state(ACME).rows()).isEqualTo(1);
    }

    @Test
    void refusesTheIdsOfWhatWasDeletedOn() {
        append(ACME, clicks("a", "b"));
        await(engine.delete(ACME, new Condition("clicks", "TRUE", List.of()), patience()));

        Appended again = append(ACME, clicks("b", "c"));

        assertTold(again, 1, 1);
        assertThat(rows(select("clicks", name(Table.EVENT_ID), FieldType.STRING)))
                .containsExactly(list("c"));
    }

    @Test
    void forgetsAllOfATenantThatIsDropped() {
        append(ACME, clicks("a", "b"));
        append(OTHER, clicks("a"));

        await(engine.drop(ACME));

        assertThat(state(ACME)).isEqualTo(DatasetState.EMPTY);
        append(ACME, clicks("a"));
        assertThat(state(ACME).rows()).isEqualTo(1);
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(1L);
        assertThat(state(OTHER).rows()).isEqualTo(1);
    }
}
