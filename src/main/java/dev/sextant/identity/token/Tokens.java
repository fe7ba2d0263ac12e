package dev.sextant.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.CredentialEnded.End;
import dev.sextant.kernel.ProblemException;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Signs and checks access tokens: JWT (RFC 9068) by ES256, and by nothing else, whatever a token asks for. Each costs
 * about 0.2 ms of CPU.
 */
public final class Tokens {

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SigningKeyRing ring;
    private final Issuer issuer;
    private final String audience;
    private final InstantSource clock;

    Tokens(SigningKeyRing ring, Issuer issuer, String audience, InstantSource clock) {
        this.ring = ring;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    String sign(TokenClaims claims) {
        SigningKeys keys = ring.keys();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(keys.signingKeyId())
                .build();
        JWSObject token = new JWSObject(header, new Payload(Json.write(claims)));
        try {
            token.sign(keys.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key does not sign", e);
        }
        return token.serialize();
    }

    /**
     * Reads a token and checks that it is ours, and not over.
     *
     * @throws ProblemException {@code Unauthenticated} where it is not, {@code CredentialEnded} where it was
     */
    public AccessToken check(String text) {
        AccessToken token = read(text).orElseThrow(Tokens::notOurs);
        if (clock.millis() >= token.endsAtMillis()) {
            throw new ProblemException(expired(), token.holder());
        }
        return token;
    }

    /** Reads a token of ours, whether it is over or not; empty where it is none. */
    public Optional<AccessToken> read(String text) {
        return claims(text).flatMap(TokenClaims::token);
    }

    public static Problem expired() {
        return new Problem.CredentialEnded(
                End.TOKEN_EXPIRED, "The access token has expired; get another one at /oauth/token.");
    }

    /** Empty where it is no token of ours; what it is instead concerns nobody. */
    private Optional<TokenClaims> claims(String text) {
        return parsed(text).filter(this::isSigned).flatMap(Tokens::payload).filter(this::isMeantForUs);
    }

    private static Optional<JWSObject> parsed(String text) {
        if (!isCanonical(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JWSObject.parse(text));
        } catch (ParseException | RuntimeException _) {
            return Optional.empty(); // The library raises more than it declares, say where a header is null.
        }
    }

    /**
     * Whether it is spelled in the one way that base64url has for it: the library takes others, too, and the same token under
     * two texts could be taken for two. Source: RFC 7515, section 2; RFC 4648, section 3.5.
     */
    private static boolean isCanonical(String text) {
        try {
            return Arrays.stream(text.split("\\.", -1))
                    .allMatch(
                            part -> BASE64.encodeToString(Base64.getUrlDecoder().decode(part))
                                    .equals(part));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Empty also where another version of ours signed other claims: its holder gets a new one. */
    private static Optional<TokenClaims> payload(JWSObject token) {
        try {
            return Optional.of(Json.read(token.getPayload().toBytes(), TokenClaims.class));
        } catch (UncheckedIOException _) {
            return Optional.empty();
        }
    }

    private boolean isSigned(JWSObject token) {
        JWSHeader header = token.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
                || !TYPE.equals(header.getType())
                || header.getKeyID() == null) {
            return false;
        }
        Optional<JWSVerifier> verifier = ring.keys().verifier(header.getKeyID());
        return verifier.isPresent() && isSigned(token, verifier.get());
    }

    private static boolean isSigned(JWSObject token, JWSVerifier verifier) {
        try {
            return token.verify(verifier);
        } catch (JOSEException _) {
            return false;
        }
    }

    private boolean isMeantForUs(TokenClaims claims) {
        return issuer.url().equals(claims.iss()) && audience.equals(claims.aud());
    }

    private static ProblemException notOurs() {
        return new ProblemException(new Problem.Unauthenticated("The access token is not valid."));
    }
}
