package dev.sextant.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.kernel.Secret;
import org.junit.jupiter.api.Test;

class SealTest {

    private final Seal seal = new Seal(new Secret("the master"), "tests");

    @Test
    void opensWhatItClosed() {
        String sealed = seal.close("a signing key");

        assertThat(sealed).doesNotContain("signing");
        assertThat(new Seal(new Secret("the master"), "tests").open(sealed)).isEqualTo("a signing key");
    }

    @Test
    void closesTheSameEachTimeToSomethingElse() {
        assertThat(seal.close("a")).isNotEqualTo(seal.close("a"));
    }

    @Test
    void doesNotOpenUnderAnotherMasterOrWhatWasChanged() {
        String sealed = seal.close("a signing key");
        String changed = sealed.substring(0, sealed.length() - 2) + (sealed.endsWith("AA") ? "BB" : "AA");

        assertThatThrownBy(() -> new Seal(new Secret("another"), "tests").open(sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Seal(new Secret("the master"), "other tests").open(sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal.open(changed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal.open("a signing key")).isInstanceOf(IllegalStateException.class);
    }
}
