package dev.sextant.identity.grant;

import java.util.Base64;
import java.security.MessageDigest;
import dev.sextant.identity.secret.OpaqueSecret;
import java.nio.charset.StandardCharsets;

/** Proof Key for Code Exchange, by S256 and by nothing else. Pure. Source: RFC 7636, section 4.6. */
final class Pkce {

    private Pkce() {}

    static boolean fits(String challenge, String verifier) {
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(OpaqueSecret.sha256(verifier));
        return MessageDigest.isEqual(
                made.getBytes(StandardCharsets.US_ASCII), challenge.getBytes(StandardCharsets.US_ASCII));
    }
}
