package dev.sextant.security.message;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.sextant.security.settings.PublicKeys;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** How signatures are checked; which way follows from the key alone. Pure. Source: RFC 9421, section 3.3. */
enum SignatureAlgorithm {
    ECDSA_P256_SHA256("ecdsa-p256-sha256"),
    ED25519("ed25519"),
    RSA_PSS_SHA512("rsa-pss-sha512");

    private final String text;

    SignatureAlgorithm(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static SignatureAlgorithm of(JWK key) {
        return switch (key) {
            case ECKey _ -> ECDSA_P256_SHA256;
            case OctetKeyPair _ -> ED25519;
            case RSAKey _ -> RSA_PSS_SHA512;
            default -> throw new IllegalArgumentException("No signatures are made with a key of this kind");
        };
    }

    boolean isSigned(JWK key, byte[] base, byte[] signature) {
        try {
            Signature verifier = verifier();
            verifier.initVerify(PublicKeys.platformKey(key));
            verifier.update(base);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | JOSEException _) {
            return false; // what is no signature at all
        }
    }

    private Signature verifier() throws GeneralSecurityException {
        return switch (this) {
            case ECDSA_P256_SHA256 -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case ED25519 -> Signature.getInstance("Ed25519");
            case RSA_PSS_SHA512 -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
                yield pss;
            }
        };
    }
}
