package dev.sextant.security.message;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** How signatures are checked; which way follows from the key alone. Pure. Source: RFC 9421, section 3.3. */
enum SignatureAlgorithm {
    ECDSA_P256_SHA256("ecdsa-p256-sha256"),
    ED25519("ed25519"),
    RSA_PSS_SHA512("rsa-pss-sha512");

    /** An Ed25519 key in X.509 is this and its 32 bytes (RFC 8410, section 4). */
    private static final byte[] ED25519_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
    };

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
            verifier.initVerify(publicKey(key));
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

    private static PublicKey publicKey(JWK key) throws GeneralSecurityException, JOSEException {
        return switch (key) {
            case ECKey ec -> ec.toECPublicKey();
            case RSAKey rsa -> rsa.toRSAPublicKey();
            case OctetKeyPair pair -> ed25519(pair.getDecodedX());
            default -> throw new IllegalArgumentException("No signatures are made with a key of this kind");
        };
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + point.length);
        System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, point.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
