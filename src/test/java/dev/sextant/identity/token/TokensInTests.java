package dev.sextant.identity.token;

import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Tokens for the tests of other rooms, all under one key. */
public final class TokensInTests {

    static final String ISSUER = "https://sextant.example.com";

    private static final ECKey KEY = SigningKeyStore.make();

    private TokensInTests() {}

    public static Tokens make(InstantSource clock) {
        return make(clock, KEY);
    }

    /** Checked by these keys, the first of which signs. */
    static Tokens make(InstantSource clock, ECKey... keys) {
        return make(ring(clock, keys), clock);
    }

    static Tokens make(SigningKeyRing ring, InstantSource clock) {
        return new Tokens(ring, new Issuer(ISSUER), TokenConfig.DEFAULT.audience(), clock);
    }

    static SigningKeyRing ring(InstantSource clock, ECKey... keys) {
        SigningKeyRing ring = new SigningKeyRing(
                () -> Future.succeededFuture(List.of()), new SigningSchedule(TokenConfig.DEFAULT), clock);
        use(ring, keys);
        return ring;
    }

    static void use(SigningKeyRing ring, ECKey... keys) {
        ring.use(Stream.of(keys).map(key -> new KeptSigningKey(key, Instant.EPOCH)).toList());
    }

    /** A token of {@code key_1} of {@code ten_acme} that may read, signed now and good for an hour. */
    public static String sign(String keyPrefix) {
        return sign("key_1", keyPrefix, null);
    }

    /** The same of {@code usr_1} by {@code ocl_1}. */
    public static String signOfSignIn(String signInId) {
        return sign("usr_1", null, signInId);
    }

    private static String sign(String subject, @Nullable String keyPrefix, @Nullable String signInId) {
        long now = InstantSource.system().instant().getEpochSecond();
        long end = now + Duration.ofHours(1).toSeconds();
        return make(InstantSource.system())
                .sign(new TokenClaims(
                        ISSUER,
                        TokenConfig.DEFAULT.audience(),
                        subject,
                        keyPrefix == null ? "ocl_1" : subject,
                        keyPrefix,
                        signInId,
                        "ten_acme",
                        "analytics:read",
                        "tok_1",
                        now,
                        end));
    }
}
