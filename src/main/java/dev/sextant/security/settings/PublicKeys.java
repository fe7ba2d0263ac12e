package dev.sextant.security.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.security.settings.SecuritySettings.Demand;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads public keys (JWK, RFC 7517) that tenants register, and tells what is wrong with them. Pure. */
public final class PublicKeys {

    private static final int RSA_BITS_MIN = 2048;

    /** An Ed25519 key in X.509 is this and its 32 bytes (RFC 8410, section 4). */
    private static final byte[] ED25519_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
    };

    private PublicKeys() {}

    /** A key that was checked when it was registered. */
    public static JWK parsed(JsonNode key) {
        try {
            return JWK.parse(key.toString());
        } catch (ParseException e) {
            throw new IllegalStateException("What is kept as a key is none", e);
        }
    }

    /**
     * The key as the platform takes it.
     *
     * @throws GeneralSecurityException and {@code JOSEException} where its bytes are no key
     */
    public static PublicKey platformKey(JWK key) throws GeneralSecurityException, JOSEException {
        return switch (key) {
            case ECKey ec -> ec.toECPublicKey();
            case RSAKey rsa -> rsa.toRSAPublicKey();
            case OctetKeyPair pair -> ed25519(pair.getDecodedX());
            default -> throw new IllegalArgumentException("A key of this kind is not used here");
        };
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + point.length);
        System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, point.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** All that is wrong with the keys of these settings, each at its place in the body. */
    static List<Violation> violations(SecuritySettings settings) {
        List<Violation> violations = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<JsonNode> keys = settings.signatures().keys();
        for (int i = 0; i < keys.size(); i++) {
            String place = "/signatures/keys/" + i;
            String wrong = wrongForSigning(keys.get(i), ids);
            if (!wrong.isEmpty()) {
                violations.add(Violation.at(place, "invalid_key", wrong));
            }
        }
        if (settings.signatures().requests() == Demand.REQUIRED && keys.isEmpty()) {
            violations.add(
                    Violation.at(
                            "/signatures/keys",
                            "missing_field",
                            "needs a key where requests must be signed: else no request could be, not even one to take this back"));
        }
        JsonNode encryption = settings.encryption().key();
        String wrong = encryption == null ? "" : wrongForEncryption(encryption);
        if (!wrong.isEmpty()) {
            violations.add(Violation.at("/encryption/key", "invalid_key", wrong));
        }
        return violations;
    }

    private static String wrongForSigning(JsonNode key, Set<String> ids) {
        try {
            JWK parsed = publicKey(key);
            if (parsed.getKeyID() == null || parsed.getKeyID().isBlank() || !ids.add(parsed.getKeyID())) {
                return "needs a kid of its own";
            }
            boolean isGood = isStrongRsa(parsed)
                    || (parsed instanceof ECKey ec && ec.getCurve().equals(Curve.P_256))
                    || (parsed instanceof OctetKeyPair pair && isEd25519(pair));
            return isGood ? "" : "must be EC on P-256, OKP on Ed25519, or RSA of 2048 bits or more";
        } catch (ParseException | JOSEException | GeneralSecurityException | RuntimeException _) {
            return "is not a public key (JWK)";
        }
    }

    /** Whether its bytes are a point of the curve is seen by whoever begins to check a signature by it. */
    private static boolean isEd25519(OctetKeyPair pair) throws GeneralSecurityException, JOSEException {
        if (!pair.getCurve().equals(Curve.Ed25519)) {
            return false;
        }
        Signature.getInstance("Ed25519").initVerify(platformKey(pair));
        return true;
    }

    private static String wrongForEncryption(JsonNode key) {
        try {
            JWK parsed = publicKey(key);
            boolean isGood = isStrongRsa(parsed)
                    || (parsed instanceof ECKey ec
                            && Set.of(Curve.P_256, Curve.P_384, Curve.P_521).contains(ec.getCurve()));
            return isGood ? "" : "must be EC on P-256, P-384 or P-521, or RSA of 2048 bits or more";
        } catch (ParseException | JOSEException | GeneralSecurityException | RuntimeException _) {
            return "is not a public key (JWK)";
        }
    }

    /** A private one was given away by being sent here, and must not be used. */
    private static JWK publicKey(JsonNode key) throws ParseException, JOSEException, GeneralSecurityException {
        JWK parsed = JWK.parse(key.toString());
        if (parsed.isPrivate()) {
            throw new JOSEException("The key is private");
        }
        if (parsed instanceof ECKey || parsed instanceof RSAKey) {
            platformKey(parsed);
        }
        return parsed;
    }

    /** By its number, and not by its bytes: zeros before it make no key stronger. */
    private static boolean isStrongRsa(JWK key) {
        return key instanceof RSAKey rsa
                && rsa.getModulus().decodeToBigInteger().bitLength() >= RSA_BITS_MIN
                && rsa.getModulus().decodeToBigInteger().testBit(0)
                && rsa.getPublicExponent().decodeToBigInteger().compareTo(BigInteger.TWO) > 0;
    }
}
