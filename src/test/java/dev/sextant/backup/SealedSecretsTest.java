package dev.sextant.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealedSecretsTest {

    private static final Map<String, Secret> SECRETS =
            Map.of("master_key", new Secret("a=b"), "platform_key", new Secret("sxk_1"));
    private static final Secret PASSPHRASE = new Secret("correct horse battery staple");

    @Test
    void openByTheirPassphraseAlone() {
        byte[] closed = SealedSecrets.close(SECRETS, PASSPHRASE);

        assertThat(SealedSecrets.open(closed, PASSPHRASE)).contains(SECRETS);
        assertThat(SealedSecrets.open(closed, new Secret("correct horse battery stable")))
                .isEmpty();
        assertThat(new String(closed, StandardCharsets.ISO_8859_1)).doesNotContain("master_key", "sxk_1");
    }

    @Test
    void areClosedAnewEachTime() {
        assertThat(SealedSecrets.close(SECRETS, PASSPHRASE)).isNotEqualTo(SealedSecrets.close(SECRETS, PASSPHRASE));
    }

    @Test
    void whatWasChangedDoesNotOpen() {
        byte[] closed = SealedSecrets.close(SECRETS, PASSPHRASE);
        closed[closed.length - 1] ^= 1;

        assertThat(SealedSecrets.open(closed, PASSPHRASE)).isEmpty();
        assertThat(SealedSecrets.open(new byte[3], PASSPHRASE)).isEmpty();
    }
}
