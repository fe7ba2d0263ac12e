package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.ProblemException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether two engines answer the same. */
final class SameAnswers {

    private SameAnswers() {}

    /** Whether {@code druid} answered at all: it may refuse what it cannot do exactly, and nothing else. */
    static boolean areEqualOrRefused(Asking druid, Asking duck, String body) {
        List<List<@Nullable Object>> found;
        try {
            found = druid.rows(body);
        } catch (ProblemException e) {
            assertThat(e.problem()).isInstanceOf(Unprocessable.class);
            return false;
        }

        assertThat(rounded(found)).isEqualTo(rounded(duck.rows(body)));
        return true;
    }

    /** Sums of doubles may differ in their last digits, and numbers of a kind are told in several classes. */
    static List<List<@Nullable Object>> rounded(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .<List<@Nullable Object>>map(row ->
                        row.stream().<@Nullable Object>map(SameAnswers::rounded).toList())
                .toList();
    }

    private static @Nullable Object rounded(@Nullable Object value) {
        return switch (value) {
            case Double number
            when Double.isFinite(number) && number != 0 ->
                new BigDecimal(number).round(new MathContext(9)).doubleValue();
            case Number number when !(value instanceof Double) -> number.toString();
            case null, default -> value;
        };
    }
}
