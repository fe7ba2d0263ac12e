package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodeTest {

    @Test
    void decodesUtf8() {
        assertThat(PercentCode.decoded("a%20b%C3%a4%e2%82%AC")).isEqualTo("a bä€");
        assertThat(PercentCode.decoded("a+b")).isEqualTo("a+b");
        assertThat(PercentCode.decodedForm("a+b%2Bc")).isEqualTo("a b+c");
        assertThat(PercentCode.decoded("")).isEmpty();
        assertThat(PercentCode.decoded("%00")).isEqualTo("\0");
    }

    @Test
    void takesUtf8ThatIsNotEncoded() {
        assertThat(PercentCode.decoded("\u00c3\u00a4")).isEqualTo("ä");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "a%2",
                "%zz",
                "%%",
                "%+1",
                "%-1",
                "%ff",
                "%c3",
                "%c0%af",
                "%ed%a0%80",
                "\u00ff",
                "\u20ac",
                "%\uff11\uff11"
            })
    void refusesWhatIsNotWellEncoded(String octets) {
        assertThatThrownBy(() -> PercentCode.decoded(octets)).isInstanceOf(IllegalArgumentException.class);
    }
}
