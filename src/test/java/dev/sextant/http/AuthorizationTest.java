package dev.sextant.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

    @ParameterizedTest
    @CsvSource({"'Bearer  abc', 'Bearer abc'", "'bearer    a b', 'bearer a b'", "'Basic  YQ==', 'Basic YQ=='"})
    void oneSpaceIsAsGoodAsMore(String field, String same) {
        assertThat(Authorization.of(field)).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer abc", "Bearer ", "Bearer a  b", "Bearer\tabc"})
    void allElseIsGivenBackAsItCame(String field) {
        assertThat(Authorization.of(field)).isSameAs(field);
    }

    @Test
    void spacesAloneAreNoCredential() {
        assertThat(Authorization.of("Bearer   ")).isEqualTo("Bearer ");
    }
}
