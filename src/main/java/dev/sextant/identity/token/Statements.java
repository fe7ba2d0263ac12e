package dev.sextant.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.Future;
import java.text.ParseException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs what the server states, with the keys that sign tokens (JWS, ES256). Each kind of statement has a type of its own, so
 * that none can pass for another, or for a token. Costs about 0.2 ms of CPU.
 */
public final class Statements {

    private final SigningKeyRing ring;
    private final SigningKeyStore store;
    private volatile Runnable onWithdrawal = () -> {};

    Statements(SigningKeyRing ring, SigningKeyStore store) {
        this.ring = ring;
        this.store = store;
    }

    /**
     * What was stated, and by which key.
     *
     * @param retiredAt since when the key signs no more; null where it is in use
     * @param withdrawnAt since when it may be in other hands; null where that is not known
     */
    @SuppressWarnings("ArrayRecordComponent") // read once
    public record Stated(
            byte[] statement,
            String keyId,
            @Nullable Instant retiredAt,
            @Nullable Instant withdrawnAt) {}

    /** A JWS in its compact form. */
    public String sign(String type, byte[] statement) {
        SigningKeys keys = ring.keys();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .keyID(keys.signingKeyId())
                .build();
        JWSObject signed = new JWSObject(header, new Payload(statement));
        try {
            signed.sign(keys.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key does not sign", e);
        }
        return signed.serialize();
    }

    /** The public keys of today, as a JWK set (RFC 7517). */
    public String keys() {
        return ring.keys().published();
    }

    /** The public keys of today and of all times before, as a JWK set; those that sign no more say so. */
    public Future<String> keysEver() {
        return store.listEver();
    }

    /** Hears that keys were withdrawn, once this node signs with another. One listener; to be told before the first change. */
    public void onWithdrawal(Runnable hearing) {
        onWithdrawal = hearing;
    }

    void keysWereWithdrawn() {
        onWithdrawal.run();
    }

    /** The id of the key that a statement of ours names; empty where it names none. */
    public static String keyId(String signed) {
        try {
            return Objects.requireNonNullElse(
                    JWSObject.parse(signed).getHeader().getKeyID(), "");
        } catch (ParseException _) {
            return "";
        }
    }

    /** Whether a JWK set has a key of this id; one that does not parse has none. */
    public static boolean hasKey(String keys, String keyId) {
        try {
            return JWKSet.parse(keys).getKeyByKeyId(keyId) != null;
        } catch (ParseException | RuntimeException _) {
            return false; // The library raises more than it declares.
        }
    }

    /**
     * What was stated; empty where it was not signed as a statement of this type, by one of these keys.
     *
     * @param keys a JWK set
     */
    public static Optional<Stated> read(String type, String signed, String keys) {
        try {
            JWSObject statement = JWSObject.parse(signed);
            JWSHeader header = statement.getHeader();
            JWK key = JWKSet.parse(keys).getKeyByKeyId(header.getKeyID());
            boolean isOurs = key != null
                    && JWSAlgorithm.ES256.equals(header.getAlgorithm())
                    && new JOSEObjectType(type).equals(header.getType())
                    && statement.verify(new ECDSAVerifier(key.toECKey()));
            return isOurs
                    ? Optional.of(new Stated(
                            statement.getPayload().toBytes(),
                            key.getKeyID(),
                            PastKeys.retiredAt(key),
                            PastKeys.withdrawnAt(key)))
                    : Optional.empty();
        } catch (ParseException | JOSEException | RuntimeException _) {
            return Optional.empty(); // The library raises more than it declares.
        }
    }
}
