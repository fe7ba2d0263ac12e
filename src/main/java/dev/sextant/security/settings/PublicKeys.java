package dev.sextant.security.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.sextant.kernel.Problem.Violation;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads public keys (JWK, RFC 7517) that tenants register, and tells what is wrong with them. Pure. */
public final class PublicKeys {

    private static final int RSA_BITS_MIN = 2048;

    private PublicKeys() {}

    /** A key that was checked when it was registered. */
    public static JWK parsed(JsonNode key) {
        try {
            return JWK.parse(key.toString());
        } catch (ParseException e) {
            throw new IllegalStateException("What is kept as a key is none", e);
        }
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
                    || (parsed instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519));
            return isGood ? "" : "must be EC on P-256, OKP on Ed25519, or RSA of 2048 bits or more";
        } catch (ParseException | JOSEException | RuntimeException _) {
            return "is not a public key (JWK)";
        }
    }

    private static String wrongForEncryption(JsonNode key) {
        try {
            JWK parsed = publicKey(key);
            boolean isGood = isStrongRsa(parsed)
                    || (parsed instanceof ECKey ec
                            && Set.of(Curve.P_256, Curve.P_384, Curve.P_521).contains(ec.getCurve()));
            return isGood ? "" : "must be EC on P-256, P-384 or P-521, or RSA of 2048 bits or more";
        } catch (ParseException | JOSEException | RuntimeException _) {
            return "is not a public key (JWK)";
        }
    }

    /** A private one was given away by being sent here, and must not be used. */
    private static JWK publicKey(JsonNode key) throws ParseException, JOSEException {
        JWK parsed = JWK.parse(key.toString());
        if (parsed.isPrivate()) {
            throw new JOSEException("The key is private");
        }
        return parsed;
    }

    private static boolean isStrongRsa(JWK key) {
        return key instanceof RSAKey rsa && rsa.size() >= RSA_BITS_MIN;
    }
}
