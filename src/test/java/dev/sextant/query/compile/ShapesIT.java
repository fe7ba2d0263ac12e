package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Subtotals;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers of other shapes than plain rows, worked out by hand. */
class ShapesIT {

    private static final String MARCH = "'time_range': {'from': '2026-03-01T00:00:00Z', 'to': '2026-03-04T00:00:00Z'}";
    private static final String SECOND = "'time_range': {'from': '2026-03-02T00:00:00Z', 'to': '2026-03-03T00:00:00Z'}";
    private static final String COUNT_AND_SUM =
            "'measures': [{'agg': 'count'}, {'agg': 'sum', 'field': 'amount', 'as': 'sum'}]";
    private static Visits visits;

    @BeforeAll
    static void open() throws SQLException {
        visits = new Visits();
    }

    @AfterAll
    static void close() throws SQLException {
        visits.close();
    }

    private static Subtotals level(Asking.Page page, int level) {
        return Objects.requireNonNull(page.subtotals()).get(level);
    }

    @Test
    void tellsEventsFromTheLatestOn() {
        List<String> rows = visits.texts("""
                {'fields': ['at', 'country', {'field': 'user', 'as': 'who'}],
                 'filter': {'field': 'country', 'op': 'ne', 'value': 'DE'}, 'limit': 4}""");

        assertThat(rows)
                .containsExactly(
                        "[03-03T09:00, FR, ann]",
                        "[03-03T09:00, FR, cid]",
                        "[03-02T13:00, IT, eve]",
                        "[03-02T13:00, FR, dan]");
    }

    @Test
    void pagesThroughEventsWithoutLosingOrRepeatingOne() {
        for (int limit = 1; limit <= 12; limit++) {
            assertThat(Visits.texts(visits.asking().allPages("{'fields': ['event_id']}", limit)))
                    .containsExactly(
                            "[e11]", "[e10]", "[e09]", "[e08]", "[e07]", "[e06]", "[e05]", "[e04]", "[e03]", "[e02]",
                            "[e01]");
            assertThat(Visits.texts(visits.asking()
                            .allPages(
                                    "{'fields': ['country', 'event_id'], 'order': [{'by': 'country', 'nulls': 'first'}]}",
                                    limit)))
                    .containsExactly(
                            "[null, e05]",
                            "[DE, e06]",
                            "[DE, e03]",
                            "[DE, e02]",
                            "[DE, e01]",
                            "[FR, e11]",
                            "[FR, e10]",
                            "[FR, e08]",
                            "[FR, e07]",
                            "[FR, e04]",
                            "[IT, e09]");
        }
    }

    @Test
    void rollsUpWithSubtotalsThatAreComputedFromEvents() {
        Asking.Page page = visits.asking().page("""
                {'dimensions': ['country', 'city'],
                 'measures': [{'agg': 'count'}, {'agg': 'count_distinct', 'field': 'user', 'as': 'users'}],
                 'grouping': {'type': 'rollup'}, 'having': {'field': 'count', 'op': 'gt', 'value': 1},
                 'order': [{'by': 'count', 'dir': 'desc'}], 'limit': 1}""");

        assertThat(Visits.texts(page.rows())).containsExactly("[FR, Paris, 4, 2]");
        assertThat(page.nextCursor()).isNotNull();
        assertThat(page.subtotals()).hasSize(1);
        assertThat(level(page, 0).columns()).containsExactly(0, 2, 3);
        assertThat(Visits.texts(level(page, 0).rows()))
                .containsExactly("[FR, 5, 3]", "[DE, 4, 2]", "[IT, 1, 1]", "[null, 1, 1]");
        assertThat(page.totals()).containsExactly(11L, 5L);
    }

    @Test
    void tellsAKeyThatIsMissingFromOneThatIsRolledUp() {
        Asking.Page page = visits.asking().page("""
                {'dimensions': ['country', 'city'], 'measures': [{'agg': 'count'}],
                 'grouping': {'type': 'cube'}, 'filter': {'field': 'user', 'op': 'eq', 'value': 'ann'}}""");

        assertThat(Visits.texts(page.rows()))
                .containsExactly("[DE, Berlin, 2]", "[DE, Bonn, 1]", "[FR, Paris, 1]", "[null, null, 1]");
        assertThat(Visits.texts(level(page, 0).rows())).containsExactly("[DE, 3]", "[FR, 1]", "[null, 1]");
        assertThat(Visits.texts(level(page, 1).rows()))
                .containsExactly("[Berlin, 2]", "[Bonn, 1]", "[Paris, 1]", "[null, 1]");
        assertThat(page.totals()).containsExactly(5L);
    }

    @Test
    void laterPagesHaveTotalsButNoSubtotals() {
        String body = """
                {'dimensions': ['country', 'city'], 'measures': [{'agg': 'count'}],
                 'grouping': {'type': 'sets', 'sets': [['city'], []]}, 'limit': 4%s}""";
        Asking.Page first = visits.asking().page(body.formatted(""));
        Asking.Page second = visits.asking().page(body.formatted(", 'cursor': '" + first.nextCursor() + "'"));

        assertThat(Visits.texts(first.rows()))
                .containsExactly("[DE, Berlin, 3]", "[DE, Bonn, 1]", "[FR, Lyon, 1]", "[FR, Paris, 4]");
        assertThat(Visits.texts(second.rows())).containsExactly("[IT, Rome, 1]", "[null, null, 1]");
        assertThat(second.subtotals()).isNull();
        assertThat(second.totals()).containsExactly(11L);
    }

    @Test
    void comparesWithTheDayBefore() {
        Asking.Page page = visits.asking()
                .page("{'dimensions': ['country'], %s, %s, 'compare': {'offset': '1d'}}"
                        .formatted(COUNT_AND_SUM, SECOND));

        assertThat(Visits.texts(page.rows()))
                .containsExactly(
                        "[DE, 1, 400, 3, -66.66666666666667, 600, -33.333333333333336]",
                        "[FR, 2, 75, 1, 100.0, 50, 50.0]",
                        "[IT, 1, null, 0, null, null, null]",
                        "[null, 0, null, 1, -100.0, 5, null]");
        assertThat(Visits.texts(List.of(page.totals())))
                .containsExactly("[4, 475, 5, -20.0, 655, -27.480916030534353]");
    }

    @Test
    void laysTheBucketsOfTheDayBeforeOverThose() {
        List<String> rows = visits.texts("""
                {'dimensions': [{'time': 'at', 'grain': '1h'}], 'measures': [{'agg': 'count'}], %s,
                 'compare': {'offset': '1d'}, 'having': {'field': 'count_previous', 'op': 'lte', 'value': 2},
                 'order': [{'by': 'count_change_pct', 'dir': 'desc'}, {'by': 'at'}]}""".formatted(SECOND));

        assertThat(rows)
                .containsExactly(
                        "[03-02T10:00, 2, 1, 100.0]", "[03-02T13:00, 2, 2, 0.0]", "[03-02T11:00, 0, 2, -100.0]");
    }

    @Test
    void comparesAPeriodOfItsOwnFromItsBeginning() {
        List<String> rows = visits.texts("""
                {'dimensions': [{'time': 'at', 'grain': '1d'}], 'measures': [{'agg': 'count'}],
                 'time_range': {'from': '2026-03-02T00:00:00Z', 'to': '2026-03-04T00:00:00Z'},
                 'compare': {'from': '2026-03-01T00:00:00Z', 'to': '2026-03-03T00:00:00Z'}}""");

        assertThat(rows).containsExactly("[03-02T00:00, 4, 5, -20.0]", "[03-03T00:00, 2, 4, -50.0]");
    }

    @Test
    void pagesThroughWhatIsCompared() {
        String body = "{'dimensions': ['country'], 'measures': [{'agg': 'count'}], %s, 'compare': {'offset': '1d'},"
                        .formatted(SECOND)
                + " 'order': [{'by': 'count_change_pct'}]}";

        assertThat(Visits.texts(visits.asking().allPages(body, 1)))
                .containsExactly(
                        "[null, 0, 1, -100.0]",
                        "[DE, 1, 3, -66.66666666666667]",
                        "[FR, 2, 1, 100.0]",
                        "[IT, 1, 0, null]");
    }

    @Test
    void fillsTheBucketsOfEachCombination() {
        List<String> rows = visits.texts("""
                {'dimensions': [{'time': 'at', 'grain': '1d'}, 'country'], %s, %s, 'fill': true,
                 'filter': {'field': 'country', 'op': 'in', 'value': ['FR', 'IT']}}""".formatted(COUNT_AND_SUM, MARCH));

        assertThat(rows)
                .containsExactly(
                        "[03-01T00:00, FR, 1, 50]",
                        "[03-01T00:00, IT, 0, null]",
                        "[03-02T00:00, FR, 2, 75]",
                        "[03-02T00:00, IT, 1, null]",
                        "[03-03T00:00, FR, 2, 100]",
                        "[03-03T00:00, IT, 0, null]");
    }

    @Test
    void fillsBesideAnExpression() {
        List<String> rows = visits.texts("""
                {'dimensions': [{'expr': 'CASE WHEN amount > 0 THEN 1 ELSE 2 END', 'as': 'kind'}, {'time': 'at', 'grain': '12h'}],
                 %s, 'fill': true}""".formatted(SECOND));

        assertThat(rows)
                .containsExactly("[1, 03-02T00:00]", "[1, 03-02T12:00]", "[2, 03-02T00:00]", "[2, 03-02T12:00]");
    }

    @Test
    void fillsAndComparesBesideAnExpression() {
        List<String> rows = visits.texts("""
                {'dimensions': [{'expr': 'CASE WHEN amount > 0 THEN 1 ELSE 2 END', 'as': 'kind'}, {'time': 'at', 'grain': '1d'}],
                 'measures': [{'agg': 'count'}], %s, 'fill': true, 'compare': {'offset': '1d'},
                 'filter': {'expr': 'amount IS NULL'}}""".formatted(SECOND));

        assertThat(rows).containsExactly("[2, 03-02T00:00, 1, 0, null]");
    }

    @Test
    void fillsWithAValueAndPagesAndSorts() {
        String body = """
                {'dimensions': ['country', {'time': 'at', 'grain': '1d'}], %s, %s, 'fill': {'value': 7},
                 'filter': {'field': 'country', 'op': 'in', 'value': ['FR', 'IT']},
                 'having': {'field': 'sum', 'op': 'lt', 'value': 80}, 'order': [{'by': 'sum', 'dir': 'desc'}]}""".formatted(COUNT_AND_SUM, MARCH);

        assertThat(Visits.texts(visits.asking().allPages(body, 2)))
                .containsExactly(
                        "[FR, 03-02T00:00, 2, 75]",
                        "[FR, 03-01T00:00, 1, 50]",
                        "[IT, 03-01T00:00, 0, 7]",
                        "[IT, 03-03T00:00, 0, 7]");
    }

    @Test
    void fillsAlsoWhereNothingHappened() {
        List<String> rows = visits.texts("""
                {'dimensions': [{'time': 'at', 'grain': '12h', 'tz': 'Europe/Berlin'}], 'measures': [{'agg': 'count'}], 'fill': true,
                 'time_range': {'from': '2026-03-28T23:00:00Z', 'to': '2026-03-29T22:00:00Z'}}""");

        assertThat(rows).containsExactly("[03-28T23:00, 0]", "[03-29T10:00, 0]");
    }

    @Test
    void gathersAllOthersInOneGroup() {
        List<String> rows = visits.texts("""
                {'dimensions': ['city'],
                 'measures': [{'agg': 'count'}, {'agg': 'count_distinct', 'field': 'user', 'as': 'users'}],
                 'others': {'by': 'count', 'limit': 2}, 'order': [{'by': 'count', 'dir': 'desc'}]}""");

        assertThat(rows).containsExactly("[Paris, false, 4, 2]", "[null, true, 4, 3]", "[Berlin, false, 3, 2]");
    }

    @Test
    void tellsAMissingKeyFromTheOthers() {
        List<String> rows = visits.texts("""
                {'dimensions': [{'time': 'at', 'grain': '1d'}, 'country'], %s, %s,
                 'filter': {'field': 'country', 'op': 'nin', 'value': ['DE', 'FR']},
                 'others': {'by': 'sum', 'dimension': 'country', 'limit': 1, 'as': 'rest'}}""".formatted(COUNT_AND_SUM, MARCH));

        assertThat(rows).containsExactly("[03-01T00:00, null, false, 1, 5]", "[03-02T00:00, null, true, 1, null]");
    }

    @Test
    void fillsAndComparesTheOthersToo() {
        List<String> rows = visits.texts("""
                {'dimensions': ['country', {'time': 'at', 'grain': '1d'}], 'measures': [{'agg': 'count'}],
                 'time_range': {'from': '2026-03-02T00:00:00Z', 'to': '2026-03-04T00:00:00Z'}, 'fill': true,
                 'compare': {'offset': '1d'}, 'others': {'by': 'count', 'limit': 1}}""");

        assertThat(rows)
                .containsExactly(
                        "[FR, 03-02T00:00, false, 2, 1, 100.0]",
                        "[FR, 03-03T00:00, false, 2, 2, 0.0]",
                        "[null, 03-02T00:00, true, 2, 4, -50.0]",
                        "[null, 03-03T00:00, true, 0, 2, -100.0]");
    }

    @Test
    void comparesAndGathersQuantiles() {
        String body = """
                {'dimensions': ['country'], 'measures': [{'agg': 'quantile', 'field': 'amount', 'q': 0.5, 'as': 'middle'},
                  {'agg': 'quantile', 'field': 'amount', 'q': 0.25, 'exact': false, 'as': 'low'}], %s, %s}""";

        assertThat(visits.asking()
                        .page(body.formatted(SECOND, "'compare': {'offset': '1d'}"))
                        .rows())
                .isNotEmpty();
        assertThat(visits.asking()
                        .page(body.formatted(SECOND, "'others': {'by': 'middle', 'limit': 1}"))
                        .rows())
                .hasSize(2);
    }

    @Test
    void rollsUpAFieldThatIsThereTwice() {
        Asking.Page page = visits.asking().page("""
                {'dimensions': ['country', {'field': 'country', 'as': 'again'}], 'measures': [{'agg': 'count'}],
                 'grouping': {'type': 'sets', 'sets': [['again']]}, 'filter': {'field': 'user', 'op': 'eq', 'value': 'ann'}}""");

        assertThat(Visits.texts(page.rows())).containsExactly("[DE, DE, 3]", "[FR, FR, 1]", "[null, null, 1]");
        assertThat(Visits.texts(level(page, 0).rows())).containsExactly("[DE, 3]", "[FR, 1]", "[null, 1]");
    }

    @Test
    void fillsTheRestOfABucketThatTheClockCuts() {
        List<String> rows = visits.texts("""
                {'dimensions': [{'time': 'at', 'grain': '100m', 'tz': 'Europe/Berlin'}], 'fill': true,
                 'time_range': {'from': '2006-03-25T23:00:00Z', 'to': '2006-03-26T04:00:00Z'}}""");

        assertThat(rows)
                .containsExactly(
                        "[2006-03-25T22:40:00Z]",
                        "[2006-03-26T00:20:00Z]",
                        "[2006-03-26T01:00:00Z]",
                        "[2006-03-26T02:40:00Z]");
    }

    @Test
    void laysAPeriodOverTheRangeToTheMicrosecond() {
        List<String> rows = visits.texts("""
                {'dimensions': [{'time': 'at', 'grain': '1d'}], 'measures': [{'agg': 'count'}],
                 'time_range': {'from': '2026-04-02T00:00:00Z', 'to': '2026-04-03T00:00:00Z'},
                 'compare': {'from': '2026-02-28T23:59:59.999999Z', 'to': '2026-03-02T00:00:00Z'}}""");

        assertThat(rows).hasSize(1).first().asString().startsWith("[04-02T00:00, 0, ");
    }
}
