package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideBoundsTest {

    private static final long WIDE = 9_007_199_254_740_993L;

    @ParameterizedTest
    @ValueSource(strings = {"<", "<=", ">", ">="})
    void makesNoConstantOfABoundThatNoDoubleIsEqualTo(String sign) {
        String sql = "SELECT 1 WHERE \"l_n\" %s ? AND \"s_a\" = ?".formatted(sign);

        assertThat(WideBounds.in(sql, List.of(WIDE, "a")))
                .isEqualTo("SELECT 1 WHERE \"l_n\" %s (? + 0 * \"l_n\") AND \"s_a\" = ?".formatted(sign));
        assertThat(WideBounds.in(sql, List.of(-WIDE, "a"))).contains("(? + 0 * \"l_n\")");
    }

    @Test
    void leavesWhatADoubleIsEqualTo() {
        String sql = "\"l_n\" >= ? AND \"__micros\" < ? AND \"d_x\" > ? AND \"l_n\" > ?";

        assertThat(WideBounds.in(
                        sql, Arrays.asList(9_007_199_254_740_992L, Instant.parse("2255-06-05T23:47:33Z"), 1e300, null)))
                .isEqualTo(sql);
    }

    @Test
    void takesInstantsFarFromOurTimes() {
        String sql = "\"__micros\" >= ? AND \"__micros\" < ?";

        assertThat(WideBounds.in(
                        sql,
                        List.of(Instant.parse("1500-01-01T00:00:00.000001Z"), Instant.parse("2300-01-01T00:00:00Z"))))
                .isEqualTo("\"__micros\" >= (? + 0 * \"__micros\") AND \"__micros\" < (? + 0 * \"__micros\")");
    }

    @Test
    void countsMarksAndPassesOverTextsAndNames() {
        String sql = "SELECT '\"n\" > ?', 'it''s ?', \"a?\", ? FROM \"t\" WHERE \"t\".\"n\" > ? AND \"n\" IN (?, ?)";

        assertThat(WideBounds.in(sql, List.of(WIDE, WIDE, WIDE, WIDE)))
                .isEqualTo(
                        "SELECT '\"n\" > ?', 'it''s ?', \"a?\", ? FROM \"t\" WHERE \"t\".\"n\" > (? + 0 * \"t\".\"n\") AND \"n\" IN (?, ?)");
    }
}
