package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code conf/standalone.yaml} is the reference of all settings: it shows every key with its default. */
class StandaloneConfigTest {

    private static final Path FILE = Path.of("conf/standalone.yaml");

    @Test
    void showsEveryKeyWithItsDefault() throws IOException {
        JsonNode shown = new YAMLMapper().readTree(FILE.toFile());

        assertThat(leaves("", shown)).isEqualTo(leaves("", ConfigReader.write(SextantConfig.DEFAULT)));
    }

    @Test
    void changesNothing() {
        assertThat(new ConfigReader(SextantConfig.DEFAULT).file(FILE).read(SextantConfig.class))
                .isEqualTo(SextantConfig.DEFAULT);
    }

    private static Map<String, String> leaves(String prefix, JsonNode node) {
        Map<String, String> keyToValue = new TreeMap<>();
        node.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                keyToValue.putAll(leaves(prefix + entry.getKey() + ".", entry.getValue()));
            } else {
                keyToValue.put(prefix + entry.getKey(), entry.getValue().asText());
            }
        });
        return keyToValue;
    }
}
