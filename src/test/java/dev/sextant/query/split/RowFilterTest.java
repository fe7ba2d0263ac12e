package dev.sextant.query.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Filter.Comparison;
import dev.sextant.query.model.Filter.Operator;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowFilterTest {

    private static boolean lets(Filter filter, @Nullable Object value) {
        return new RowFilter(filter, List.of("other", "x")).lets(Arrays.asList(1L, value));
    }

    private static Comparison x(Operator operator, Object... values) {
        return new Comparison("x", operator, List.of(values));
    }

    @Test
    void comparesNoMissingValue() {
        for (Operator operator : List.of(Operator.EQ, Operator.GT, Operator.LTE, Operator.CONTAINS, Operator.IN)) {
            assertThat(lets(x(operator, "a"), null)).isFalse();
        }
        assertThat(lets(x(Operator.NE, "a"), null)).isTrue();
        assertThat(lets(x(Operator.NIN, "a", "b"), null)).isTrue();
        assertThat(lets(new Filter.Not(x(Operator.GT, 5L)), null)).isTrue();
    }

    @Test
    void asksForPresence() {
        assertThat(lets(x(Operator.IS_NULL, true), null)).isTrue();
        assertThat(lets(x(Operator.IS_NULL, false), null)).isFalse();
        assertThat(lets(x(Operator.EXISTS, true), "a")).isTrue();
        assertThat(lets(x(Operator.EXISTS, false), "a")).isFalse();
    }

    @Test
    void comparesExactSumsAndTextsByCodePoint() {
        assertThat(lets(x(Operator.GT, new BigInteger("9223372036854775807")), new BigInteger("9223372036854775808")))
                .isTrue();
        assertThat(lets(x(Operator.BETWEEN, "a", "c"), "c")).isTrue();
        assertThat(lets(x(Operator.GT, "\uff5e"), "\ud83d\ude00")).isTrue();
        assertThat(lets(x(Operator.EQ, 0.0), -0.0)).isTrue();
    }

    @Test
    void joins() {
        Filter both = new Filter.And(List.of(x(Operator.GTE, 1L), x(Operator.LT, 3L)));
        Filter either = new Filter.Or(List.of(x(Operator.EQ, 1L), x(Operator.EQ, 3L)));

        assertThat(lets(both, 2L)).isTrue();
        assertThat(lets(both, 3L)).isFalse();
        assertThat(lets(either, 3L)).isTrue();
        assertThat(lets(either, 2L)).isFalse();
    }

    @Test
    void leavesRegularExpressionsToTheEngine() {
        assertThat(RowFilter.canTell(new Filter.Not(x(Operator.REGEX, "a")))).isFalse();
        assertThat(RowFilter.canTell(x(Operator.EQ, "a"))).isTrue();
        assertThat(RowFilter.canTell(null)).isTrue();
    }
}
