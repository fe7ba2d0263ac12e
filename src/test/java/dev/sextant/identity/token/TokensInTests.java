package dev.sextant.identity.token;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Tokens for the tests of other rooms, all under one key. */
public final class TokensInTests {

    private static final ECKey KEY = SigningKeyStore.make();

    private TokensInTests() {}

    public static Tokens make(InstantSource clock) {
        SigningKeyRing ring = new SigningKeyRing();
        ring.use(SigningKeys.of(List.of(KEY)));
        return new Tokens(ring, TokenConfig.DEFAULT, clock);
    }

    /** A token of {@code key_1} of {@code ten_acme} that may read, signed now and good for an hour. */
    public static String sign(String keyPrefix) {
        long now = InstantSource.system().instant().getEpochSecond();
        long end = now + Duration.ofHours(1).toSeconds();
        TokenConfig config = TokenConfig.DEFAULT;
        return make(InstantSource.system())
                .sign(new TokenClaims(
                        config.issuer(),
                        config.audience(),
                        "key_1",
                        "key_1",
                        keyPrefix,
                        "ten_acme",
                        "analytics:read",
                        "tok_1",
                        now,
                        end));
    }
}
