package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    @TempDir
    private Path folder;

    private final ConfigReader reader = new ConfigReader(SextantConfig.DEFAULT);

    private SextantConfig read() {
        return reader.read(SextantConfig.class);
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("conf.yaml"), yaml);
    }

    private void assertMistakes(String... mistakes) {
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigException.class)
                .satisfies(refusal ->
                        assertThat(String.valueOf(refusal.getMessage()).lines()).containsExactlyInAnyOrder(mistakes));
    }

    @Test
    void isTheDefaultWhereNothingIsSaid() {
        assertThat(reader.environment(Map.of("PATH", "/bin")).read(SextantConfig.class))
                .isEqualTo(SextantConfig.DEFAULT);
    }

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        reader.file(file("# only a comment\n"));

        assertThat(read()).isEqualTo(SextantConfig.DEFAULT);
    }

    @Test
    void theFileChangesWhatItNames() throws IOException {
        reader.file(file("""
                edge: {port: 9000, tls: {certificate: a.pem, key: b.pem}}
                postgres: {mode: external, passwords: {owner: a, app: secret, auth: b, platform: c}}
                engine: {duckdb: {dedupe: {window: 36h}}}
                """));

        SextantConfig config = read();

        assertThat(config.edge().port()).isEqualTo(9000);
        assertThat(config.edge().tls().enabled()).isTrue();
        assertThat(config.edge().idle()).isEqualTo(Duration.ofSeconds(75));
        assertThat(config.postgres().passwords().app().value()).isEqualTo("secret");
        assertThat(config.engine().duckdb().dedupe().window()).isEqualTo(Duration.ofHours(36));
    }

    @Test
    void theEnvironmentWinsOverTheFileAndFlagsOverBoth() throws IOException {
        reader.file(file("edge: {port: 1000, admin_port: 1001, host: file}"))
                .environment(Map.of("SEXTANT_EDGE_PORT", "2000", "SEXTANT_EDGE_ADMIN_PORT", "2001"))
                .set("edge.port", "3000");

        SextantConfig config = read();

        assertThat(config.edge().host()).isEqualTo("file");
        assertThat(config.edge().adminPort()).isEqualTo(2001);
        assertThat(config.edge().port()).isEqualTo(3000);
    }

    @Test
    void theEnvironmentReachesEveryKey() {
        reader.environment(Map.of(
                "SEXTANT_ENGINE_DUCKDB_TENANTS_OPEN_MAX", "7",
                "SEXTANT_POSTGRES_PASSWORDS_OWNER", "secret",
                "SEXTANT_REDIS_MODE", "external",
                "SEXTANT_DEMO_REPLAY", "false"));

        SextantConfig config = read();

        assertThat(config.engine().duckdb().tenants().openMax()).isEqualTo(7);
        assertThat(config.postgres().passwords().owner().value()).isEqualTo("secret");
        assertThat(config.demo().replay()).isFalse();
    }

    @Test
    void namesEveryMistakeAtOnce() throws IOException {
        reader.file(file("""
                        edge: {prot: 8080, port: many, admin_port: 1.5, loops: 300}
                        querry: {workers: 2}
                        query: {workers: 0}
                        postgres: embedded
                        node: {data_dir: ""}
                        identity: {tokens: {lifetime: soon}}
                        """)).environment(Map.of("SEXTANT_EDGE_PROT", "1"));

        assertMistakes(
                "edge.prot: unknown key",
                "querry: unknown key",
                "postgres: must be a mapping",
                "SEXTANT_EDGE_PROT: names no setting",
                "edge.port: is not of the right type",
                "edge.admin_port: is not of the right type",
                "query: workers and shapes_max must be 1 or more, patience 1ms or more, cache_bytes_max and prepared_bytes_max 0 or more",
                "node: data_dir must be named",
                "identity.tokens.lifetime: is not of the right type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "edge: {port: 70000}                 | edge: port must be 0 to 65535",
                "edge: {port: -1}                    | edge: port must be 0 to 65535",
                "edge: {port: null}                  | edge.port: must have a value",
                "edge: {port: ''}                    | edge.port: is not of the right type",
                "edge: {port: true}                  | edge.port: is not of the right type",
                "edge: {port: [1]}                   | edge.port: is not of the right type",
                "edge: {port: 99999999999}           | edge.port: is not of the right type",
                "edge: {host: null}                  | edge.host: must have a value",
                "edge: {tls: {certificate: a.pem}}   | edge.tls: certificate and key go together",
                "engine: {kind: oracle}              | engine.kind: is not of the right type",
                "engine: {duckdb: {dedupe: null}}    | engine.duckdb.dedupe: must be a mapping",
                "cluster: {enabled: true}            | cluster: secret must have 16 characters or more, the same on every node",
                "cluster: {members: {join: 10.0.0.7}} | cluster: members.join: '10.0.0.7' is not of the form host:port",
                "cluster: {members: {host: example}} | cluster: members.host must be an IP address of this machine",
                "cluster: {bus: {host: 10.0.0.7}}    | cluster: bus.tls is needed on every address but loopback: whoever reached it could speak for any tenant",
                "cluster: {bus: {tls: {key: a.pem}}} | cluster: bus.tls needs certificate, key and authority",
                "node: {name: -}                     | node: name has letters, digits, dots, dashes and underscores, 63 at most, and begins with one of the first two",
                "node: {roles: serve and wait}       | node: roles must be serve, background, or both",
                "cluster: {enabled: yes please}      | cluster.enabled: is not of the right type"
            })
    void saysWhatIsWrong(String yaml, String mistake) throws IOException {
        reader.file(file(yaml));

        assertMistakes(mistake);
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "10s, 10000", "5m, 300000", "24h, 86400000", "7d, 604800000"})
    void readsDurations(String text, long millis) {
        reader.set("query.patience", text);

        assertThat(read().query().patience()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "-1s", "1.5s", "10 s", "PT10S", "s", "9999999999d", ""})
    void takesNothingElseForADuration(String text) {
        reader.set("query.patience", text);

        assertMistakes("query.patience: is not of the right type");
    }

    @Test
    void saysWhereAFileIsNoYaml() throws IOException {
        Path file = file("edge:\n  port: [1, 2\nnode: }");
        reader.file(file);

        assertMistakes(file + ": is not YAML (line 3)");
    }

    @Test
    void saysWhereThereIsNoFile() {
        Path nowhere = folder.resolve("nowhere.yaml");
        reader.file(nowhere);

        assertMistakes(nowhere + ": cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "hello", "8080"})
    void refusesAFileThatIsNoMapping(String yaml) throws IOException {
        Path file = file(yaml);
        reader.file(file);

        assertMistakes(file + ": must be a YAML mapping");
    }

    @Test
    void aKeyTwiceIsNoYaml() throws IOException {
        Path file = file("edge: {port: 1}\nedge: {port: 2}\n");
        reader.file(file);

        assertThatThrownBy(this::read).isInstanceOf(ConfigException.class).hasMessageContaining("is not YAML");
    }
}
