package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What nodes are told where they are deployed: settings that there are, and paths that a node has. */
class DeploymentFilesTest {

    private static final Path CLUSTER = Path.of("conf/cluster.yaml");
    private static final YAMLMapper YAML = new YAMLMapper();

    /** In the form of a key of 32 bytes. */
    private static final String SECRET = "s".repeat(42) + "w";

    private static SextantConfig read(Map<String, String> variables) {
        return new ConfigReader(SextantConfig.DEFAULT)
                .file(CLUSTER)
                .environment(variables)
                .read(SextantConfig.class);
    }

    @Test
    void composeSetsWhatThereIs() throws IOException {
        JsonNode services = YAML.readTree(Path.of("docker/compose.yaml").toFile());
        Map<String, String> common = variables(services.at("/x-node/environment"));
        for (String node : List.of("n1", "n2", "n3")) {
            Map<String, String> variables = new TreeMap<>(common);
            variables.putAll(variables(services.at("/services/" + node + "/environment")));
            variables.replaceAll((_, value) -> value.startsWith("$") ? SECRET : value);

            SextantConfig config = read(variables);

            assertThat(config.cluster().members().join())
                    .contains(config.cluster().members().host());
            assertThat(config.node().name()).isEqualTo(node);
        }
    }

    private static Map<String, String> variables(JsonNode environment) {
        Map<String, String> variables = new TreeMap<>();
        environment
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
        variables.remove("<<");
        return variables;
    }

    @Test
    void kubernetesSetsWhatThereIs() throws IOException {
        JsonNode set = kubernetes("StatefulSet");
        JsonNode container = set.at("/spec/template/spec/containers/0");
        Map<String, String> variables = new TreeMap<>();
        for (JsonNode variable : container.path("env")) {
            boolean isAddress =
                    variable.at("/valueFrom/fieldRef/fieldPath").asText().equals("status.podIP");
            variables.put(
                    variable.path("name").asText(),
                    isAddress ? "10.0.0.11" : variable.path("value").asText("sextant-0"));
        }

        SextantConfig config = read(variables);

        assertThat(config.node().name()).isEqualTo("sextant-0");
        assertThat(config.cluster().bus().tls().key()).endsWith("node.key");
        Map<String, Integer> ports = new TreeMap<>();
        container
                .path("ports")
                .forEach(port -> ports.put(
                        port.path("name").asText(), port.path("containerPort").asInt()));
        assertThat(ports)
                .containsEntry("http", config.edge().port())
                .containsEntry("members", config.cluster().members().port())
                .containsEntry("bus", config.cluster().bus().port());
        assertThat(config.cluster().members().join())
                .isEqualTo(set.at("/spec/serviceName").asText() + ":" + ports.get("members"));
        assertThat(set.at("/spec/template/spec/enableServiceLinks").asBoolean(true))
                .isFalse();
        assertThat(set.at("/spec/template/spec/terminationGracePeriodSeconds").asLong())
                .isGreaterThan(
                        config.node().farewell().plus(config.edge().drain()).toSeconds());
    }

    private static JsonNode kubernetes(String kind) throws IOException {
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(Path.of("cluster/kubernetes.yaml").toFile())) {
            return documents.readAll().stream()
                    .filter(document -> document.path("kind").asText().equals(kind))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
