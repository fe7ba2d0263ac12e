package dev.sextant.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Bytes;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem.LimitExceeded;
import dev.sextant.kernel.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsMaxTest {

    private static final RowsMax TEN = new RowsMax(10);

    @ParameterizedTest
    @CsvSource({"7, 7", "10, 10", "1000, 10"})
    void whatHasNoLimitHasTheUsualOrWhatMayBe(long usual, long limit) throws IOException {
        JsonNode bound = TEN.bound(tree("{\"fields\":[\"a\"]}"), usual);

        assertThat(bound.path("limit").asLong(usual)).isEqualTo(limit);
        assertThat(TEN.bound(new Params(Map.of()), usual)).isEqualTo(limit);
    }

    @Test
    void aLimitOfItsOwnStays() throws IOException {
        JsonNode own = tree("{\"limit\":10}");

        assertThat(TEN.bound(own, 1_000)).isSameAs(own);
        assertThat(TEN.bound(new Params(Map.of("limit", 10L)), 1_000)).isEqualTo(10);
    }

    @Test
    void aLargerOneIsRefusedOrCut() throws IOException {
        JsonNode larger = tree("{\"limit\":11}");

        assertThatThrownBy(() -> TEN.bound(larger, 5))
                .satisfies(refused -> assertThat(((LimitExceeded) ((ProblemException) refused).problem()).errors())
                        .extracting(error -> error.pointer())
                        .containsExactly("/limit"));
        assertThat(TEN.cut(larger, 5)).hasToString("{\"limit\":10}");
        assertThat(larger).as("which others may share").hasToString("{\"limit\":11}");
    }

    /** What is remembered of a text is remembered by its bytes. */
    @Test
    void theBytesSayWhatTheTreeSays() throws IOException {
        byte[] text = "{\"fields\":[\"ä\"]}".getBytes(StandardCharsets.UTF_8);

        Body.Json bound = TEN.bound(new Body.Json(Json.tree(text), Bytes.of(text)), 1_000);

        assertThat(bound.tree()).hasToString("{\"fields\":[\"ä\"],\"limit\":10}");
        assertThat(Json.tree(bound.bytes().array())).hasToString("{\"fields\":[\"ä\"],\"limit\":10}");
    }

    private static JsonNode tree(String json) throws IOException {
        return Json.tree(json.getBytes(StandardCharsets.UTF_8));
    }
}
