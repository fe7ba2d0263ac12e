package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.ExecutionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantFormatTest {

    private final InstantFormat format = new InstantFormat();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T15:00:00Z",
                "2026-11-23t15:00:00.123456789z",
                "0001-01-01T00:00:00Z",
                "0001-01-01T18:00:00+18:00",
                "9999-12-31T23:59:59.999999999Z",
                "9999-12-31T05:59:59-18:00"
            })
    void takesWhatHasAYearOfFourDigitsInUtc(String text) {
        assertThat(format.matches(new ExecutionContext(), text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9999-12-31T23:59:59.999-18:00",
                "9999-12-31T23:59:59-00:01",
                "0001-01-01T00:00:00+00:01",
                "0000-12-31T23:59:59Z",
                "2030-12-31T23:59:60Z",
                "2026-11-23T15:00Z",
                "2026-11-23",
                "+10000-01-01T00:00:00Z"
            })
    void refusesWhatHasNone(String text) {
        assertThat(format.matches(new ExecutionContext(), text)).isFalse();
    }
}
