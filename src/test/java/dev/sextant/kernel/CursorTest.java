package dev.sextant.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void comesBackAsItWasGiven() {
        assertThat(Cursor.parse(new Cursor("key_06f3€").text())).isEqualTo(new Cursor("key_06f3€"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "AAAA", "AAAAAA", "AAAAAGFiYw", "not base64!", "key_06f3"})
    void isRefusedWhereWeDidNotGiveIt(String text) {
        assertThatThrownBy(() -> Cursor.parse(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void isRefusedWhereItIsTooLong() {
        assertThatThrownBy(() -> Cursor.parse("A".repeat(5000))).isInstanceOf(ProblemException.class);
    }
}
