package dev.sextant.query.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.query.cache.Core;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Columns;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange.Between;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final Between DAY = between("2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z");

    private static Between between(String from, String to) {
        return new Between(Instant.parse(from), Instant.parse(to));
    }

    private static Optional<Split> split(String query, Between range) {
        return Split.of(Bodies.query(query), range, Bodies.EDITS);
    }

    private static Core core(String query) {
        return split(query, DAY).orElseThrow().core(1, PolicyFingerprint.SEES_ALL);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void coversTheRangeWithoutAGap() {
        Between range = between("2026-11-21T07:20:00Z", "2026-11-23T09:41:00Z");

        List<Between> pieces =
                split("{'measures': [{'agg': 'count'}]}", range).orElseThrow().pieces();

        assertThat(pieces.getFirst().from()).isEqualTo(range.from());
        assertThat(pieces.getLast().to()).isEqualTo(range.to());
        for (int i = 1; i < pieces.size(); i++) {
            assertThat(pieces.get(i).from()).isEqualTo(pieces.get(i - 1).to());
        }
        assertThat(pieces.get(1)).isEqualTo(between("2026-11-21T08:00:00Z", "2026-11-21T10:00:00Z"));
    }

    @Test
    void leavesWholeWhatHasToBeAskedAsAWhole() {
        assertThat(split("{'measures': [{'agg': 'count_distinct', 'field': 'user'}]}", DAY))
                .isEmpty();
        assertThat(split("{'measures': [{'agg': 'count'}]}", between("2026-11-23T00:00:00Z", "2026-11-23T01:30:00Z")))
                .isEmpty();
        assertThat(split(
                        "{'measures': [{'agg': 'count'}], 'dimensions': ['page'], 'having': {'field': 'page', 'op': 'regex', 'value': 'a'}}",
                        DAY))
                .isEmpty();
    }

    @Test
    void takesRangesOfAllCenturies() {
        Between all = between("0001-01-02T00:00:00Z", "9999-12-31T23:59:59Z");

        assertThat(split("{'measures': [{'agg': 'count'}]}", all)).isEmpty();
        assertThat(List.of("1s", "7m", "1h", "5h", "1d", "3w", "100000d", "100000y"))
                .allSatisfy(grain -> assertThat(split(
                                        "{'measures': [{'agg': 'count'}], 'dimensions': [{'time': 'time', 'grain': '%s'}]}"
                                                .replace("%s", grain),
                                        all)
                                .map(split -> split.pieces().size())
                                .orElse(2))
                        .isBetween(2, 100));
    }

    @Test
    void cutsAnyMeasureWhereRowsAreGroupedByTime() {
        assertThat(split(
                                "{'measures': [{'agg': 'count_distinct', 'field': 'user'}], 'dimensions': [{'time': 'time', 'grain': '1h'}]}",
                                DAY)
                        .orElseThrow()
                        .pieces())
                .hasSize(24);
    }

    @Test
    void questionsThatShowTheSameOtherwiseHaveOneCore() {
        String one = "{'measures': [{'agg': 'count'}], 'dimensions': ['page'], 'limit': 5, 'order': [{'by': 'count'}]}";
        String other =
                "{'measures': [{'agg': 'count', 'as': 'n'}], 'dimensions': ['page'], 'having': {'field': 'n', 'op': 'gt', 'value': 1}, 'totals': false}";

        assertThat(core(one)).isEqualTo(core(other)).hasSameHashCodeAs(core(other));
        assertThat(core(one)).isNotEqualTo(core("{'measures': [{'agg': 'count'}], 'dimensions': ['channel']}"));
    }

    @Test
    void addsUpWhatLiesInSeveralPieces() {
        Query query = Bodies.query(
                "{'measures': [{'agg': 'sum', 'field': 'added'}, {'agg': 'avg', 'field': 'added'}, {'agg': 'max', 'field': 'page'}],"
                        + "'dimensions': ['channel'], 'order': [{'by': 'sum_added', 'dir': 'desc'}], 'limit': 2}");
        Split split = Split.of(query, DAY, Bodies.EDITS).orElseThrow();
        BigInteger huge = BigInteger.valueOf(Long.MAX_VALUE);

        Whole whole = split.together(
                List.of(
                        List.of(row("a", huge, 1L, "x"), row("b", BigInteger.ONE, 1L, null)),
                        List.of(row("a", huge, 1L, "z"), row(null, null, 0L, null))),
                Columns.of(query, Bodies.EDITS));

        assertThat(whole.rows())
                .containsExactly(
                        row("a", new BigInteger("18446744073709551614"), 0x1p63, "z"),
                        row("b", BigInteger.ONE, 1.0, null));
        assertThat(whole.hasMore()).isTrue();
        assertThat(whole.totals()).isEqualTo(row(new BigInteger("18446744073709551615"), 0x1p64 / 3, "z"));
    }

    @Test
    void hasOneRowWithoutDimensionsThoughThereAreNoEvents() {
        Query query = Bodies.query("{'measures': [{'agg': 'count'}, {'agg': 'sum', 'field': 'deleted'}]}");

        Whole whole = Split.of(query, DAY, Bodies.EDITS)
                .orElseThrow()
                .together(List.of(List.of(), List.of()), Columns.of(query, Bodies.EDITS));

        assertThat(whole.rows()).containsExactly(row(0L, null));
    }

    @Test
    void aSumBeyondAllDoublesStaysMissing() {
        Query query = Bodies.query("{'measures': [{'agg': 'sum', 'field': 'deleted'}]}");

        Whole whole = Split.of(query, DAY, Bodies.EDITS)
                .orElseThrow()
                .together(List.of(List.of(row(null, 2L)), List.of(row(1.5, 1L))), Columns.of(query, Bodies.EDITS));

        assertThat(whole.rows()).containsExactly(row((Object) null));
    }

    @Test
    void dealsOutNoRowThatLiesElsewhere() {
        Split split = split("{'measures': [{'agg': 'count'}], 'dimensions': [{'time': 'time', 'grain': '1h'}]}", DAY)
                .orElseThrow();
        Instant tenth = Instant.parse("2026-11-22T10:00:00Z");

        assertThat(split.cut(new Run(10, 11), List.of(row(tenth, 5L))))
                .contains(List.of(List.of(row(tenth, 5L)), List.of()));
        assertThat(split.cut(new Run(11, 12), List.of(row(tenth, 5L)))).isEmpty();
    }

    @Test
    void asksInWhichPieceRowsLieWhereThereAreSeveral() {
        Split split = split("{'measures': [{'agg': 'count'}], 'dimensions': ['page']}", DAY)
                .orElseThrow();
        Instant tenth = Instant.parse("2026-11-22T10:00:00Z");

        assertThat(split.question(new Run(10, 11), 5).dimensions()).hasSize(2);
        assertThat(split.cut(new Run(10, 11), List.of(row(tenth, "a", 5L))))
                .contains(List.of(List.of(row("a", 5L)), List.of()));
        assertThat(split.question(new Run(11, 11), 5).dimensions()).hasSize(1);
        assertThat(split.cut(new Run(11, 11), List.of(row("a", 5L)))).contains(List.of(List.of(row("a", 5L))));
    }

    @Test
    void condensedPiecesAddUpToTheSame() {
        Query query = Bodies.query(
                "{'measures': [{'agg': 'count'}, {'agg': 'sum', 'field': 'deleted'}], 'dimensions': ['page']}");
        Split split = Split.of(query, DAY, Bodies.EDITS).orElseThrow();
        List<List<@Nullable Object>> first = List.of(row("a", 2L, null, 2L), row(null, 1L, 1.5, 1L));
        List<List<@Nullable Object>> second = List.of(row("b", 3L, 4.0, 3L), row("a", 1L, 2.5, 1L));
        List<List<@Nullable Object>> third = List.of(row(null, 4L, null, 0L), row("b", 1L, 1.0, 1L));

        List<List<@Nullable Object>> condensed = split.condensed(List.of(first, second));

        assertThat(condensed).hasSize(3).contains(row("b", 3L, 4.0, 3L));
        List<ColumnInfo> columns = Columns.of(query, Bodies.EDITS);
        assertThat(split.together(List.of(condensed, third), columns))
                .isEqualTo(split.together(List.of(first, second, third), columns));
    }
}
