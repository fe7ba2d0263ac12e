package dev.sextant.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;

/** Signs messages with the newest of the keys that sign tokens, which are published. Costs about 0.2 ms of CPU. Any thread. */
public final class MessageSigner {

    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);

    private final SigningKeyRing ring;

    MessageSigner(SigningKeyRing ring) {
        this.ring = ring;
    }

    /** @param signature by ECDSA over P-256 with SHA-256: R and S, 32 bytes each */
    public record Signed(String keyId, byte[] signature) {}

    /** Which key will sign. */
    public String keyId() {
        return ring.keys().signingKeyId();
    }

    /** Signs under that key; where there is a newer one meanwhile, the answer says so. */
    public Signed sign(byte[] bytes) {
        SigningKeys keys = ring.keys();
        try {
            return new Signed(
                    keys.signingKeyId(), keys.signer().sign(ES256, bytes).decode());
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key does not sign", e);
        }
    }
}
