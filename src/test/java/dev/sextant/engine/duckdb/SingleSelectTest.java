package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleSelectTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select 'a;b' AS \"c;d\"",
                "SELECT 'it''s -- no comment /* at all */ $$'",
                "(SELECT 1) UNION ALL (SELECT 2)",
                "WITH t AS (SELECT 1) SELECT * FROM t",
                "SELECT e FROM t AS e WHERE e = 'x' AND 5 - -3 > 0",
                "SELECT DATE'2020-01-01', \"a\"\"b\", ''"
            })
    void letsASingleSelectPass(String sql) {
        assertThat(SingleSelect.check(sql)).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "DROP TABLE t",
                "selection",
                "SELECT 1;",
                "SELECT 1; DROP TABLE t",
                "SELECT 'a'; DROP TABLE t --'",
                "SELECT 1 -- '\n; DROP TABLE t",
                "SELECT 1 /* ' */; DROP TABLE t",
                "SELECT $$'$$; DROP TABLE t",
                "SELECT E'\\''; DROP TABLE t --'",
                "SELECT e'\\'', '; DROP TABLE t'",
                "SELECT 'open",
                "SELECT \"open"
            })
    void refusesAllElse(String sql) {
        assertThatIllegalArgumentException().isThrownBy(() -> SingleSelect.check(sql));
    }
}
