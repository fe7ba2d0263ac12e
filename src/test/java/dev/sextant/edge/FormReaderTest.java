package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.kernel.ProblemException;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a=1&b=x+y%26z | {\"a\":\"1\",\"b\":\"x y&z\"}",
                "%C3%A4=%E2%82%AC | {\"ä\":\"€\"}",
                "a=b=c         | {\"a\":\"b=c\"}",
                "a&b=          | {\"a\":\"\",\"b\":\"\"}",
                "''            | {}",
                "&&a=1&        | {\"a\":\"1\"}"
            })
    void readsFieldsAsTexts(String form, String json) {
        assertThat(FormReader.tree(Buffer.buffer(form))).hasToString(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%z1", "%=1", "a=1&a=2", "a=1&%61=2"})
    void refusesWhatIsNoForm(String form) {
        assertThatThrownBy(() -> FormReader.tree(Buffer.buffer(form))).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        assertThatThrownBy(() -> FormReader.tree(Buffer.buffer("a=%C3%28"))).isInstanceOf(ProblemException.class);
    }
}
