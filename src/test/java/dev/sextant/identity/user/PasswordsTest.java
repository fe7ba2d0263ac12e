package dev.sextant.identity.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords(8_192, 1);

    @Test
    void knowsTheRightOne() {
        String phc = passwords.hash("correct horse");

        assertThat(phc).startsWith("$argon2id$v=19$m=8192,t=1,p=1$");
        assertThat(passwords.isRight("correct horse", phc)).isTrue();
        assertThat(passwords.isRight("correct horsf", phc)).isFalse();
        assertThat(passwords.hash("correct horse")).isNotEqualTo(phc);
    }

    /** Those that were hashed before the settings were changed stay good. */
    @Test
    void knowsTheRightOneUnderOtherSettings() {
        String phc = new Passwords(9_000, 2).hash("correct horse");

        assertThat(passwords.isRight("correct horse", phc)).isTrue();
    }

    @Test
    void nobodysPasswordIsNeverRight() {
        assertThat(passwords.isRight("the password of nobody", null)).isFalse();
    }
}
