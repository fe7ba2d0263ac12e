package dev.sextant.identity.token;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyRevocation;
import com.nimbusds.jose.jwk.KeyRevocation.Reason;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * How the end of a key is told beside its public half: {@code exp} and {@code revoked}, to the second. Pure. Source: OpenID
 * Federation 1.0, section 8.7 (historical keys).
 */
final class PastKeys {

    private PastKeys() {}

    /**
     * A key as others check with it.
     *
     * @param retiredAt null where it is in use
     * @param withdrawnAt null where it is to be trusted for what it signed
     */
    static JWK told(ECKey key, @Nullable Instant retiredAt, @Nullable Instant withdrawnAt) {
        ECKey.Builder told = new ECKey.Builder(key.toPublicJWK());
        if (retiredAt != null) {
            told.expirationTime(Date.from(retiredAt));
        }
        if (withdrawnAt != null) {
            told.keyRevocation(new KeyRevocation(Date.from(withdrawnAt), Reason.COMPROMISED));
        }
        return told.build();
    }

    static @Nullable Instant retiredAt(JWK key) {
        Date end = key.getExpirationTime();
        return end == null ? null : end.toInstant();
    }

    static @Nullable Instant withdrawnAt(JWK key) {
        KeyRevocation revocation = key.getKeyRevocation();
        return revocation == null ? null : revocation.getRevocationTime().toInstant();
    }
}
