package dev.sextant.query.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.DatasetState;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.Columns;
import dev.sextant.query.model.Query;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollUpTest {

    private static final String MEASURES =
            "'measures': [{'measure': 'edits'}, {'agg': 'sum', 'field': 'added'}, {'agg': 'max', 'field': 'page'}]";
    private static final Query FINE =
            Bodies.query("{%s, 'dimensions': ['channel', 'countryName']}".formatted(MEASURES));

    private static final List<List<@Nullable Object>> ROWS = List.of(
            row("de", "A", 2L, BigInteger.TEN, "x"),
            row("de", null, 1L, null, "y"),
            row("en", "A", 5L, BigInteger.ONE, null));

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static ResultTable answer(@Nullable String nextCursor) {
        return new ResultTable(
                DatasetState.EMPTY,
                null,
                null,
                Columns.of(FINE, Bodies.EDITS),
                ROWS,
                null,
                null,
                nextCursor,
                true,
                null);
    }

    private static Optional<Whole> rolledUp(String coarse) {
        Query query = Bodies.query(coarse);
        return RollUp.of(query, FINE, answer(null), Bodies.EDITS, Columns.of(query, Bodies.EDITS));
    }

    @Test
    void addsUpTheGroupsOfAFinerAnswer() {
        Whole whole = rolledUp(
                        "{'measures': [{'agg': 'max', 'field': 'page'}, {'agg': 'sum', 'field': 'added', 'as': 's'}, {'agg': 'count'}],"
                                + "'dimensions': ['channel'], 'order': [{'by': 's', 'dir': 'desc'}]}")
                .orElseThrow();

        assertThat(whole.rows())
                .containsExactly(row("de", "y", BigInteger.TEN, 3L), row("en", null, BigInteger.ONE, 5L));
        assertThat(whole.totals()).isEqualTo(row("y", BigInteger.valueOf(11), 8L));
    }

    @Test
    void leavesOutAllDimensions() {
        assertThat(rolledUp("{'measures': [{'agg': 'count'}]}").orElseThrow().rows())
                .containsExactly(row(8L));
    }

    @Test
    void showsOtherRowsOfTheSameGroups() {
        assertThat(rolledUp("{'measures': [{'agg': 'count'}], 'dimensions': ['countryName', 'channel'], 'limit': 1,"
                                + "'having': {'field': 'count', 'op': 'gte', 'value': 2}, 'order': [{'by': 'count'}]}")
                        .orElseThrow())
                .satisfies(whole -> assertThat(whole.rows()).containsExactly(row("A", "de", 2L)))
                .satisfies(whole -> assertThat(whole.hasMore()).isTrue());
    }

    @Test
    void doesNotAnswerWhatDoesNotFollow() {
        assertThat(rolledUp("{'measures': [{'agg': 'count'}], 'dimensions': ['page']}"))
                .isEmpty();
        assertThat(rolledUp("{'measures': [{'agg': 'sum', 'field': 'delta'}], 'dimensions': ['channel']}"))
                .isEmpty();
        assertThat(rolledUp("{'measures': [{'agg': 'count_distinct', 'field': 'user'}]}"))
                .isEmpty();
        assertThat(rolledUp("{'measures': [{'agg': 'count', 'filter': {'segment': 'people'}}]}"))
                .isEmpty();
    }

    @Test
    void isMadeOfWholeAnswersOnly() {
        Query filtered = FINE.toBuilder()
                .having(Bodies.query("{%s, 'having': {'field': 'edits', 'op': 'gt', 'value': 1}}".formatted(MEASURES))
                        .having())
                .build();

        assertThat(RollUp.isWhole(FINE, answer(null))).isTrue();
        assertThat(RollUp.isWhole(FINE, answer("more"))).isFalse();
        assertThat(RollUp.isWhole(filtered, answer(null))).isFalse();
    }
}
