package dev.sextant.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WikipediaEditsTest {

    @Test
    void bringsAllOriginalsWithIdsOfTheirOwn() throws IOException {
        List<byte[]> all;
        try (Stream<byte[]> originals = WikipediaEdits.originals(0)) {
            all = originals.toList();
        }

        Set<String> ids = new HashSet<>();
        for (byte[] original : all) {
            ids.add(Json.tree(original).get("event_id").textValue());
        }
        assertThat(all).hasSize(39_244);
        assertThat(ids).hasSize(39_244);
    }

    @Test
    void givesTheSameIdsWhereverItBegins() throws IOException {
        try (Stream<byte[]> rest = WikipediaEdits.originals(39_243)) {
            List<byte[]> last = rest.toList();

            JsonNode edit = Json.tree(last.getFirst());
            assertThat(last).hasSize(1);
            assertThat(edit.get("event_id").textValue()).isEqualTo("evt_wikipedia_39243");
            assertThat(edit.get("source").textValue()).isEqualTo("wikipedia");
            assertThat(edit.get("time").textValue()).isEqualTo("2015-09-12T23:59:59.200Z");
        }
    }
}
