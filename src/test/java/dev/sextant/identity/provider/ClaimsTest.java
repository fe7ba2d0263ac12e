package dev.sextant.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import dev.sextant.kernel.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import dev.sextant.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import java.io.UncheckedIOException;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {

    private static final String GOOD = """
            {"sub": "s1", "email": "Ada@Example.com", "email_verified": true, "name": "Ada",
             "realm": {"roles": ["people", "bosses", "others"]}}""";

    @Test
    void mapsRolesFromAPathAndAddsWhatEverybodyHas() {
        Vouched vouched = claims(GOOD, List.of("example.com")).vouched();

        assertThat(vouched)
                .isEqualTo(new Vouched(
                        "https://i", "s1", "ada@example.com", "Ada", List.of("admin", "viewer"), true));
    }

    @Test
    void adoptsNobodyWithoutNamedDomains() {
        assertThat(claims(GOOD, List.of()).vouched().mayAdopt()).isFalse();
    }

    @Test
    void takesARoleThatIsNoList() {
        String json = "{\"sub\":\"s1\",\"email\":\"a@b.c\",\"realm\":{\"roles\":\"bosses\"}}";

        assertThat(claims(json, List.of()).vouched().roles()).containsExactly("admin", "viewer");
    }

    @Test
    void callsOneWithoutANameByTheirAddress() {
        assertThat(claims("{\"sub\":\"s1\",\"email\":\"a@b.c\"}", List.of()).vouched().name())
                .isEqualTo("a@b.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"s1\"}",
                "{\"sub\":\"s1\",\"email\":\"\"}",
                "{\"sub\":\"s1\",\"email\":[\"a@example.com\"]}",
                "{\"sub\":\"s1\",\"email\":\"a@example.com\",\"email_verified\":false}",
                "{\"sub\":\"s1\",\"email\":\"a@example.com\"}",
                "{\"sub\":\"s1\",\"email\":\"a@example.com.evil.org\",\"email_verified\":true}",
                "{\"sub\":\"s1\",\"email\":\"a@evil.org@example.org\",\"email_verified\":true}"
            })
    void letsNobodyInWhoseAddressIsNotTheDomains(String json) {
        assertThatThrownBy(() -> claims(json, List.of("example.com")).vouched()).isInstanceOf(ProblemException.class);
    }

    private static Claims claims(String json, List<String> domains) {
        IdentityProvider provider = new IdentityProvider(
                "p",
                "P",
                "https://i",
                "c",
                "realm.roles",
                Map.of("bosses", "admin"),
                List.of("viewer"),
                domains,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
        try {
            return new Claims(Json.tree(json.getBytes(StandardCharsets.UTF_8)), provider);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
