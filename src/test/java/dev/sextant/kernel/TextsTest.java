package dev.sextant.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "\u0001", "\uFFFF", "\uD83D\uDE00", "a\uD83D\uDE00b\uD83D\uDE01"})
    void canBeStored(String text) {
        assertThat(Texts.areStorable(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "\uD83D", "\uDE00", "\uDE00\uD83D", "\uD83Da", "\uD83D\uD83D\uDE00"})
    void cannotBeStored(String text) {
        assertThat(Texts.areStorable(text)).isFalse();
    }

    @Test
    void takesUtf8OfEachLength() {
        assertThat(Texts.areUtf8("aä€\uD83D\uDE00\u007f".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(Texts.areUtf8(new byte[0])).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "6100",
                "80",
                "c3",
                "c328",
                "c0af",
                "c1bf",
                "e08080",
                "eda080",
                "f08080af",
                "f4908080",
                "ff"
            })
    void refusesBytesThatAreNoUtf8(String hex) {
        assertThat(Texts.areUtf8(HexFormat.of().parseHex(hex))).isFalse();
    }
}
