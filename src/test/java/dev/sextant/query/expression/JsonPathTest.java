package dev.sextant.query.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {

    private static JsonPath parsed(String text) {
        return Objects.requireNonNull(JsonPath.parse(text));
    }

    @Test
    void readsMembersAndElements() {
        assertThat(parsed("properties.a.b[0]").steps()).isEqualTo(List.of("a", "b", 0));
        assertThat(parsed("payload['a.b'][12].c d").steps()).isEqualTo(List.of("a.b", 12, "c d"));
        assertThat(parsed("properties['it\\'s \\\\ \"it\"']").steps()).isEqualTo(List.of("it's \\ \"it\""));
        assertThat(parsed("properties.it's").steps()).isEqualTo(List.of("it's"));
        assertThat(parsed("payload[0]").root()).isEqualTo("payload");
    }

    @Test
    void hasOneName() {
        assertThat(parsed("properties['a']['b'][007]").name()).isEqualTo("properties.a.b[7]");
        assertThat(parsed("properties['a.b']").name()).isEqualTo("properties['a.b']");
        assertThat(parsed("properties['it\\'s \\\\']").name()).isEqualTo("properties['it\\'s \\\\']");
        assertThat(parsed(parsed("properties['[0]']").name())).isEqualTo(parsed("properties['[0]']"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "properties",
                "properties.",
                "properties..a",
                "properties.*",
                "properties['*']",
                "properties[*]",
                "properties[-1]",
                "properties[0:2]",
                "properties[?@.a]",
                "properties[123456]",
                "properties['a",
                "properties['a'",
                "properties['a\\n']",
                "properties.a\"b",
                "properties.a\u0000",
                "properties.\uD800",
                "1a.b",
                ".a",
                "[0]",
                "properties['']"
            })
    void isNothingElse(String text) {
        assertThat(JsonPath.parse(text)).isNull();
    }

    @Test
    void isBounded() {
        assertThat(JsonPath.parse("p" + ".a".repeat(16))).isNotNull();
        assertThat(JsonPath.parse("p" + ".a".repeat(17))).isNull();
        assertThat(JsonPath.parse("p." + "a".repeat(129))).isNull();
    }
}
