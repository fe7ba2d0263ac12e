package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.budget.Sketches;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.Query;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sketches keep to the errors that are stated of them, held against exact answers over the same rows. */
class SketchErrorIT {

    private static final String DISTINCT =
            "{'dimensions':['channel'],'measures':[{'agg':'count_distinct','field':'user','exact':%s}],'totals':false}";
    private static final String RANK =
            "{'measures':[{'agg':'count','filter':{'field':'%s','op':'%s','value':%s}},{'agg':'count','as':'all'}]}";

    private static DuckDbTables tables;
    private static Asking edits;

    @BeforeAll
    static void fill() throws SQLException {
        tables = new DuckDbTables();
        tables.create(Bodies.EDITS.table("edits"));
        // 100 channels of 10, 20, … 1000 × 10 users; added is uniform, deleted has a long tail.
        tables.execute("""
                INSERT INTO edits (__time, channel, "user", added, deleted)
                SELECT TIMESTAMP '2026-01-01', 'c' || c, 'u' || c || '-' || n, hash(n) % 1000000, exp(5.0 * (hash(c, n) % 100000) / 100000)
                FROM range(1, 101) AS channels(c), range(1000) AS numbers(n) WHERE n < c * 10""");
        edits = new Asking(tables, "edits", Bodies.EDITS);
    }

    @AfterAll
    static void close() throws SQLException {
        tables.close();
    }

    private static double bound(String body) {
        Query query = Bodies.query(body);
        return Sketches.bounds(query, Bodies.EDITS).getFirst().value();
    }

    private static double number(List<@Nullable Object> row, int column) {
        return row.get(column) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    @Test
    void countsOfDistinctValuesKeepToTheirStandardError() {
        double bound = bound(DISTINCT.formatted("false"));

        List<List<@Nullable Object>> exact = edits.rows(DISTINCT.formatted("true"));
        List<List<@Nullable Object>> estimated = edits.rows(DISTINCT.formatted("false"));

        double squares = 0;
        int within = 0;
        for (int i = 0; i < exact.size(); i++) {
            double error = Math.abs(number(estimated.get(i), 1) / number(exact.get(i), 1) - 1);
            squares += error * error;
            within += error <= 2 * bound ? 1 : 0;
        }
        assertThat(exact).hasSize(100);
        assertThat(Math.sqrt(squares / 100)).isLessThanOrEqualTo(bound);
        assertThat(within).isGreaterThanOrEqualTo(95);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999})
    void quantilesKeepToTheirRank(double q) {
        for (String field : List.of("added", "deleted")) {
            String body = "{'measures':[{'agg':'quantile','field':'%s','q':%s,'exact':false},{'agg':'count'}]}"
                    .formatted(field, q);
            double value = number(edits.rows(body).getFirst(), 0);

            boolean whole = field.equals("added");
            double below = share(RANK.formatted(field, "lt", whole ? (Object) (long) Math.ceil(value) : value));
            double upTo = share(RANK.formatted(field, "lte", whole ? (Object) (long) Math.floor(value) : value));

            assertThat(q).isBetween(below - bound(body), upTo + bound(body));
        }
    }

    private static double share(String body) {
        List<@Nullable Object> row = edits.rows(body).getFirst();
        return number(row, 0) / number(row, 1);
    }
}
