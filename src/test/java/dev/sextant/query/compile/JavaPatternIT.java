package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.kernel.ProblemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns as RE2 finds them, in DuckDB, against the same ones translated for Java. */
class JavaPatternIT {

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "ab",
            "aB",
            "b\n",
            "a\nb",
            "a\r\nb",
            "a\u0085b",
            "\n",
            "\u000B",
            " ",
            "Cold war",
            "a-b",
            "a.b",
            "é",
            "É",
            "aéb",
            "ſ",
            "s",
            "S",
            "\u212A",
            "k",
            "K",
            "\uD83D\uDE00",
            "x\uD83D\uDE00y",
            "α",
            "Α",
            "_",
            "a_b",
            "7",
            "٣",
            "a+b",
            "[x]",
            "{1}",
            "a{,2}",
            "\\",
            "^",
            "$",
            "aa",
            "aaa",
            "aaaa",
            "ß",
            "]",
            "-",
            "a b",
            "word",
            "two words",
            "&&",
            "#",
            "a1-2",
            "İ",
            "i");

    private static @Nullable DuckDbTables duck;

    @BeforeAll
    static void open() throws SQLException {
        duck = new DuckDbTables();
    }

    @AfterAll
    static void close() throws SQLException {
        Objects.requireNonNull(duck).close();
    }

    private static boolean finds(String pattern, String text) {
        return Objects.requireNonNull(duck)
                .run(new Plan.Statement(
                        "SELECT regexp_matches(CAST(? AS VARCHAR), CAST(? AS VARCHAR))",
                        List.of(text, pattern),
                        List.of(FieldType.BOOLEAN)))
                .getFirst()
                .getFirst()
                .equals(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "^a",
                "a$",
                "b$",
                "^$",
                "a.b",
                "(?s)a.b",
                "(?m)^b",
                "(?m)a$",
                "(?m)^$",
                "\\Aa",
                "b\\z",
                "(?i)a",
                "(?i)É",
                "(?i)s",
                "(?i)k",
                "(?i:a)b",
                "(?i)a(?-i)B",
                "\\bé",
                "\\ba\\b",
                "\\Bb",
                "\\w+",
                "\\W",
                "\\d",
                "\\D$",
                "\\s",
                "\\S\\S",
                "[[:alpha:]]+$",
                "[[:^alpha:]]",
                "[[:space:]]",
                "[^a]",
                "[a-c]",
                "[]x]",
                "[^]]",
                "[a\\-]",
                "[-a]",
                "[\\s]",
                "[\\S]",
                "[^\\s]",
                "[^\\S]",
                "[\\w.]",
                "[&&]",
                "[#]",
                "\\pL",
                "\\p{Lu}",
                "\\p{Greek}",
                "\\P{Greek}",
                "\\p{^L}",
                "\\PL",
                "\\x41",
                "\\x{1F600}",
                "\\101",
                "\\v",
                "\\t",
                "\\.",
                "\\Qa.b\\E",
                "\\Q+\\E?",
                "a{2}",
                "a{2,}",
                "^a{2,3}$",
                "a{,2}",
                "a|b",
                "^(a|b)+$",
                "(?P<n>a)b",
                "(?:ab)?",
                "a*?b",
                "a+?$",
                "^.$",
                "^..$",
                "x.y",
                "(?im)^A$|(?s:c.w)",
                "ß",
                "[^a-z]",
                "\\[x\\]",
                "\\^",
                "\\$",
                "(?i)\\x{E9}",
                "(?i)[é]",
                "\\p{Any}",
                "[\\p{L}\\d]",
                "[^\\p{L}]",
                "(a)(b)",
                "(?i)i"
            })
    void findTheSame(String pattern) {
        Pattern java = Pattern.compile(JavaPattern.of(pattern));

        assertThat(TEXTS)
                .allSatisfy(text -> assertThat(java.matcher(text).find())
                        .as("%s in %s by %s", pattern, text, java)
                        .isEqualTo(finds(pattern, text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+",
                "(?:a*)*",
                "((a)+b)*",
                "(a",
                "a)",
                "[a",
                "*a",
                "a**",
                "a++",
                "(?=a)",
                "(?!a)",
                "(?<=a)b",
                "(?>a)",
                "\\1",
                "(a)\\1",
                "\\C",
                "{1}",
                "(?<n>a)",
                "a{1001}",
                "\\p{Nothing}",
                "\\",
                "(?U)a+",
                "\\y",
                "[b-a]"
            })
    void whatIsNoPatternOfTheirsIsRefused(String pattern) {
        assertThatThrownBy(() -> JavaPattern.of(pattern)).isInstanceOf(ProblemException.class);
    }
}
