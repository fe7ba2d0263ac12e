package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/docs", "/.well-known/jwks.json", "/api/v2/datasets/%73ales", "/api/v2/datasets/a..b"})
    void takesWhatHasOneSpelling(String path) {
        assertThat(PlainPath.isPlain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v2/datasets",
                "/api//v2/datasets",
                "/api/v2/datasets/",
                "/api/./v2/datasets",
                "/api/v2/datasets/.",
                "/api/v2/keys/../datasets",
                "/api/v2/keys/%2E%2e/datasets",
                "/api/v2/keys/.%2e"
            })
    void takesNothingThatLeadsElsewhere(String path) {
        assertThat(PlainPath.isPlain(path)).isFalse();
    }
}
