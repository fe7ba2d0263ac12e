package dev.sextant.query.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.ErrorBound;
import dev.sextant.query.model.ErrorBound.Kind;
import dev.sextant.query.model.Query;
import java.util.List;
import org.junit.jupiter.api.Test;

class SketchesTest {

    private static final String DISTINCT = "{'agg':'count_distinct','field':'user'%s,'as':'u'}";

    private static Query query(String measure) {
        return Bodies.query("{'dimensions':['channel'],'measures':[%s]}".formatted(measure));
    }

    private static List<ErrorBound> bounds(String measure) {
        return Sketches.bounds(query(measure), Bodies.EDITS);
    }

    @Test
    void onlyExactCountsOfDistinctValuesAreWorthASketch() {
        assertThat(Sketches.sketched(query(DISTINCT.formatted("")), Bodies.EDITS))
                .isEqualTo(query(DISTINCT.formatted(",'exact':false")));
        for (String measure :
                List.of("{'agg':'count'}", "{'measure':'bot_share'}", "{'agg':'quantile','field':'added','q':0.9}")) {
            assertThat(Sketches.sketched(query(measure), Bodies.EDITS)).isEqualTo(query(measure));
        }
    }

    @Test
    void aSketchFurtherOffThanAllowedIsMadeExact() {
        Query sketch = query(DISTINCT.formatted(",'exact':false"));

        assertThat(Sketches.within(sketch, Bodies.EDITS, 0.05)).isEqualTo(sketch);
        assertThat(Sketches.within(sketch, Bodies.EDITS, 0.03)).isEqualTo(query(DISTINCT.formatted("")));
    }

    @Test
    void whatIsExactHasNoBound() {
        assertThat(bounds(DISTINCT.formatted(""))).isEmpty();
        assertThat(bounds("{'measure':'edits'}")).isEmpty();
    }

    @Test
    void aCountsBoundIsItsStandardError() {
        ErrorBound bound = bounds(DISTINCT.formatted(",'exact':false")).getFirst();

        assertThat(bound.column()).isEqualTo("u");
        assertThat(bound.kind()).isEqualTo(Kind.RELATIVE_STANDARD_ERROR);
        assertThat(bound.value()).isEqualTo(0.0325);
    }

    @Test
    void aQuantilesBoundIsOfItsRank() {
        ErrorBound median = bounds("{'agg':'quantile','field':'added','q':0.5,'exact':false}")
                .getFirst();
        ErrorBound high = bounds("{'agg':'quantile','field':'added','q':0.99,'exact':false}")
                .getFirst();

        assertThat(median.kind()).isEqualTo(Kind.RANK);
        assertThat(median.value()).isEqualTo(0.015708, within(1e-6));
        assertThat(high.value()).isEqualTo(0.003126, within(1e-6));
    }

    @Test
    void theErrorsOfAQuotientsPartsAdd() {
        String sketch = "{'agg':'count_distinct','field':'user','exact':false}";
        String other = "{'agg':'count_distinct','field':'page','exact':false}";

        assertThat(bounds("{'agg':'ratio','of':[%s,%s]}".formatted(sketch, other))
                        .getFirst()
                        .value())
                .isEqualTo(0.045962, within(1e-6));
    }
}
