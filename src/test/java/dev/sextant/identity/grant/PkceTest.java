package dev.sextant.identity.grant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PkceTest {

    /** Source: RFC 7636, appendix B. */
    @Test
    void fitsTheExampleOfTheStandard() {
        String verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        String challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

        assertThat(Pkce.fits(challenge, verifier)).isTrue();
        assertThat(Pkce.fits(challenge, challenge)).isFalse();
        assertThat(Pkce.fits(verifier, verifier)).isFalse();
        assertThat(Pkce.fits("", verifier)).isFalse();
    }
}
