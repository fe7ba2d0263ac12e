package dev.sextant.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;

/** Signs messages with the newest of the keys that sign tokens, which are published. Any thread. */
public final class MessageSigner {

    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);

    private final SigningKeyRing ring;

    MessageSigner(SigningKeyRing ring) {
        this.ring = ring;
    }

    /** The newest key. It stays the same, whatever key comes after it. */
    public Key key() {
        return new Key(ring.keys());
    }

    /** One key. */
    public static final class Key {

        private final SigningKeys keys;

        private Key(SigningKeys keys) {
            this.keys = keys;
        }

        public String id() {
            return keys.signingKeyId();
        }

        /** The signature by ECDSA over P-256 with SHA-256: R and S, 32 bytes each. Costs about 0.2 ms of CPU. */
        public byte[] sign(byte[] bytes) {
            try {
                return keys.signer().sign(ES256, bytes).decode();
            } catch (JOSEException e) {
                throw new IllegalStateException("The signing key does not sign", e);
            }
        }
    }
}
