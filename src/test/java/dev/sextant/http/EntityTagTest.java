package dev.sextant.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"3\"        | true",
                "\"2\", \"3\" | true",
                "*            | true",
                "\"2\"        | false",
                "W/\"3\"      | false",
                "3            | false",
                "''           | false"
            })
    void letsThroughWhatNamesTheVersion(String ifMatch, boolean matches) {
        assertThat(EntityTag.matches(ifMatch, 3)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "W/\"abc\"          | true",
                "\"abc\"            | true",
                "\"x\",  W/\"abc\"  | true",
                "*                  | true",
                "W/\"abcd\"         | false",
                "abc                | false",
                "''                 | false"
            })
    void knowsWhatTheCallerHas(String ifNoneMatch, boolean known) {
        assertThat(EntityTag.isKnown(ifNoneMatch, "W/\"abc\"")).isEqualTo(known);
    }
}
