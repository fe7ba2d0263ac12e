package dev.sextant.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {

    /** FIPS 180-4, the example "abc": ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad. */
    @Test
    void isTheSha256OfTheCredential() {
        assertThat(Fingerprint.of("abc"))
                .isEqualTo(new Fingerprint(
                        0xba7816bf8f01cfeaL, 0x414140de5dae2223L, 0xb00361a396177a9cL, 0xb410ff61f20015adL));
    }
}
