package dev.sextant.query.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexSizeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "abc", "^\\d{4}-\\d{2}-\\d{2}$", "(?i)wiki", "\\w{1,50}@\\w{1,50}\\.[a-z]{2,10}", ".{900}",
                        "(.{1,100}){10}",
                "[^\\]{}]{1000}", "(a|b|c){1000}", "\\Q{5000}\\E", "\\pL{300}", "[\\pL\\pN]{100}", "\\x{1F600}",
                        "[[:alpha:]]{5}",
                "(?P<a>x)(?:y)(?s-i:z)"
            })
    void takesWhatAnEngineTakes(String regex) {
        assertThat(RegexSize.obstacle(regex)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "((((((((((x{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){999}",
                "a{99999999999999999999}",
                "((((((((((x{2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}",
                "\\pL{1000}",
                "(\\pL\\pN){500}",
                "(\\pL{500})(\\pL{500})(\\pL{400})",
                "[^\\p{Greek}]{999}",
                "(?<a>x)"
            })
    void refusesWhatItDoesNot(String regex) {
        assertThat(RegexSize.obstacle(regex)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "(a",
                "((",
                "a\\",
                "[",
                "[a",
                "(?",
                "(?P<",
                "{",
                "a{",
                "a{1",
                "*",
                "(a{1000}",
                ")a{9999}"
            })
    void looksAtWhatIsNoRegularExpressionWithoutFailing(String text) {
        assertThatCode(() -> RegexSize.obstacle(text)).doesNotThrowAnyException();
    }
}
