package dev.sextant.identity.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import java.security.SecureRandom;
import dev.sextant.kernel.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.ValueSource;

class OpaqueSecretTest {

    private static final TenantId ACME = new TenantId("ten_acme");

    @Test
    void readsBackWhatItMadeAndOnlyAsThatKind() {
        OpaqueSecret made = OpaqueSecret.make("ort", ACME, new SecureRandom());

        assertThat(OpaqueSecret.parse("ort", made.value())).contains(made);
        assertThat(OpaqueSecret.parse("oac", made.value())).isEmpty();
    }

    @Test
    void printsWithoutItsBits() {
        OpaqueSecret made = OpaqueSecret.make("ort", ACME, new SecureRandom());

        assertThat(made).hasToString("ort_***");
    }

    /** Source of the value: FIPS 180-4's example of SHA-256 for "abc". */
    @Test
    void keepsSha256() {
        assertThat(HexFormat.of().formatHex(OpaqueSecret.sha256("abc")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ort", "ort_acme", "ort_acme.", "ort_ACME.x", "ort_acme.x", "ort_acme\n.x"})
    void knowsWhatIsNone(String text) {
        assertThat(OpaqueSecret.parse("ort", text)).isEmpty();
    }
}
