package dev.sextant.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BytesTest {

    @Test
    void areEqualWhereEachByteIs() {
        assertThat(bytes("to be")).isEqualTo(bytes("to be")).hasSameHashCodeAs(bytes("to be"));
        assertThat(bytes("to be")).isNotEqualTo(bytes("to be "));
    }

    /** Else many that were made to collide could not be told apart but one by one. */
    @Test
    void haveAnOrderAlsoWhereTheirHashesAreEqual() {
        assertThat(bytes("Aa")).hasSameHashCodeAs(bytes("BB")).isNotEqualTo(bytes("BB"));

        assertThat(bytes("Aa")).isLessThan(bytes("BB"));
        assertThat(bytes("Aa")).isEqualByComparingTo(bytes("Aa"));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(UTF_8));
    }
}
