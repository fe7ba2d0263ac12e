package dev.sextant.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that sign and check tokens: P-256 (ES256), the newest first. The newest signs, all check. Immutable.
 *
 * @param published the public halves, as a JWK set (RFC 7517)
 */
record SigningKeys(String signingKeyId, JWSSigner signer, Map<String, JWSVerifier> keyIdToVerifier, String published) {

    SigningKeys {
        keyIdToVerifier = Map.copyOf(keyIdToVerifier);
    }

    /** @param newestFirst one at least */
    static SigningKeys of(List<ECKey> newestFirst) {
        try {
            Map<String, JWSVerifier> verifiers = new HashMap<>();
            for (ECKey key : newestFirst) {
                verifiers.put(key.getKeyID(), new ECDSAVerifier(key));
            }
            ECKey newest = newestFirst.getFirst();
            String published =
                    new JWKSet(List.<JWK>copyOf(newestFirst)).toPublicJWKSet().toString();
            return new SigningKeys(newest.getKeyID(), new ECDSASigner(newest), verifiers, published);
        } catch (JOSEException e) {
            throw new IllegalStateException("A signing key is not on the curve P-256", e);
        }
    }

    Optional<JWSVerifier> verifier(String keyId) {
        return Optional.ofNullable(keyIdToVerifier.get(keyId));
    }
}
