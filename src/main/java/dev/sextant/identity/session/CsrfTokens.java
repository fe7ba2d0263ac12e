package dev.sextant.identity.session;

import java.util.Base64;
import java.security.GeneralSecurityException;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.KDF;
import javax.crypto.Mac;
import java.security.MessageDigest;
import dev.sextant.kernel.Secret;
import javax.crypto.SecretKey;
import java.nio.charset.StandardCharsets;

/** Binds a form to the browser that it was shown to: HMAC-SHA256 of the browser's cookie. Any thread. */
final class CsrfTokens {

    private static final byte[] USE = "sextant forms v1".getBytes(StandardCharsets.US_ASCII);

    private final SecretKey key;

    CsrfTokens(Secret master) {
        try {
            HKDFParameterSpec derivation = HKDFParameterSpec.ofExtract()
                    .addIKM(master.value().getBytes(StandardCharsets.UTF_8))
                    .thenExpand(USE, 32);
            this.key = KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", derivation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
        }
    }

    String of(SessionCookie cookie) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] tag = mac.doFinal(cookie.secret().value().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    /** Compares in constant time. */
    boolean isRight(SessionCookie cookie, String shown) {
        return MessageDigest.isEqual(
                of(cookie).getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }
}
