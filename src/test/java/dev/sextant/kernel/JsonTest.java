package dev.sextant.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static List<String> elements(String json) throws IOException {
        return Json.elements(json.getBytes(StandardCharsets.UTF_8)).stream()
                .map(element -> element.value() + " " + element.bytes())
                .toList();
    }

    @Test
    void readsTheElementsOfAnArrayAndHowLongEachIs() throws IOException {
        assertThat(elements(" [ {\"a\": 1} , 22, \"ä\", [ ], null ] "))
                .containsExactly("{\"a\":1} 8", "22 2", "\"ä\" 4", "[] 3", "null 4");
    }

    @Test
    void readsAValueThatIsNoArrayAsOneElement() throws IOException {
        assertThat(elements("{\"a\": [1, 2]}")).containsExactly("{\"a\":[1,2]} 13");
        assertThat(elements("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[", "[1", "[1,]", "[1] 2", "{} {}", "[] []", "{\"a\":1,\"a\":2}", "1 1", "[1]]"})
    void refusesWhatIsNotOneValue(String json) {
        assertThatThrownBy(() -> elements(json)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesWhatIsTooDeep() {
        String deep = "[".repeat(65) + "]".repeat(65);

        assertThatThrownBy(() -> Json.tree(deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesJsonInAnotherEncoding() {
        assertThatThrownBy(() -> Json.tree("{}".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(IOException.class);
    }
}
