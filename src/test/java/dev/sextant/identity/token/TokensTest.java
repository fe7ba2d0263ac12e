package dev.sextant.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private final ECKey key = SigningKeyStore.make();
    private final SigningKeyRing ring = TokensInTests.ring(() -> NOW, key);
    private final Tokens tokens = TokensInTests.make(ring, () -> NOW);

    @Test
    void readsBackWhatItSigned() {
        AccessToken token =
                tokens.check(tokens.sign(claims(TokensInTests.ISSUER, "urn:sextant:api", NOW.plusSeconds(900))));

        assertThat(token)
                .isEqualTo(new AccessToken(
                        new TenantId("ten_acme"),
                        "key_1",
                        new AccessToken.OfKey("ak_live_abcdefgh"),
                        Set.of("keys:read", "analytics:read"),
                        NOW.plusSeconds(900).toEpochMilli()));
    }

    @Test
    void readsWhatAnOlderKeySignedAndSignsWithTheNewest() {
        String older = tokens.sign(good());
        ECKey newest = SigningKeyStore.make();

        TokensInTests.use(ring, newest, key);

        assertThat(tokens.check(older).subject()).isEqualTo("key_1");
        assertThat(header(tokens.sign(good()))).contains(newest.getKeyID());
    }

    @Test
    void refusesWhatARetiredKeySigned() {
        String retired = tokens.sign(good());

        TokensInTests.use(ring, SigningKeyStore.make());

        assertNotOurs(retired);
    }

    @Test
    void readsWhatASignInCameTo() {
        String text = tokens.sign(new TokenClaims(
                TokensInTests.ISSUER,
                "urn:sextant:api",
                "usr_1",
                "ocl_1",
                null,
                "sgn_1",
                "ten_acme",
                "",
                "tok_1",
                0,
                NOW.plusSeconds(900).getEpochSecond()));

        assertThat(tokens.check(text).source()).isEqualTo(new AccessToken.OfSignIn("sgn_1", "ocl_1"));
    }

    /** It could not be ended by anybody. */
    @Test
    void refusesATokenThatCameOfNothingOrOfTwo() {
        for (String signIn : new String[] {null, "sgn_1"}) {
            String prefix = signIn == null ? null : "ak_live_abcdefgh";
            assertNotOurs(tokens.sign(new TokenClaims(
                    TokensInTests.ISSUER,
                    "urn:sextant:api",
                    "usr_1",
                    "ocl_1",
                    prefix,
                    signIn,
                    "ten_acme",
                    "",
                    "tok_1",
                    0,
                    NOW.plusSeconds(900).getEpochSecond())));
        }
    }

    @Test
    void endsAtTheVeryMoment() {
        assertThat(tokens.check(tokens.sign(claims(TokensInTests.ISSUER, "urn:sextant:api", NOW.plusSeconds(1)))))
                .isNotNull();
        assertThatThrownBy(() -> tokens.check(tokens.sign(claims(TokensInTests.ISSUER, "urn:sextant:api", NOW))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isInstanceOf(Problem.CredentialEnded.class));
    }

    @Test
    void refusesAnotherIssuerOrAudience() {
        assertNotOurs(tokens.sign(claims("https://other.example.com", "urn:sextant:api", NOW.plusSeconds(900))));
        assertNotOurs(tokens.sign(claims(TokensInTests.ISSUER, "urn:other", NOW.plusSeconds(900))));
    }

    @Test
    void refusesATokenWithoutSignature() {
        String none = encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}".formatted(key.getKeyID())) + "."
                + encoded(new String(Json.write(good()), StandardCharsets.UTF_8)) + ".";

        assertNotOurs(none);
        assertNotOurs(none + "AA");
    }

    /** The classic: the public key, taken for a secret that both sides share. */
    @Test
    void refusesAMacUnderThePublicKey() throws JOSEException {
        byte[] secret = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        JWSObject forged = unsigned(JWSAlgorithm.HS256, TYPE, key.getKeyID());
        forged.sign(new MACSigner(secret));

        assertNotOurs(forged.serialize());
    }

    @Test
    void refusesAKeyOfTheForgersOwnUnderOurKeyId() throws JOSEException {
        ECKey theirs = SigningKeyStore.make();
        JWSObject forged = unsigned(JWSAlgorithm.ES256, TYPE, key.getKeyID());
        forged.sign(new ECDSASigner(theirs));

        assertNotOurs(forged.serialize());
    }

    @Test
    void refusesAKeyThatTheTokenBringsAlong() throws JOSEException {
        ECKey theirs = SigningKeyStore.make();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(theirs.getKeyID())
                .jwk(theirs.toPublicJWK())
                .build();
        JWSObject forged = new JWSObject(header, new Payload(Json.write(good())));
        forged.sign(new ECDSASigner(theirs));

        assertNotOurs(forged.serialize());
    }

    @Test
    void refusesAnotherKindOfToken() throws JOSEException {
        JWSObject identity = unsigned(JWSAlgorithm.ES256, JOSEObjectType.JWT, key.getKeyID());
        identity.sign(new ECDSASigner(key));

        assertNotOurs(identity.serialize());
    }

    @Test
    void refusesChangedClaims() {
        String[] parts = tokens.sign(good()).split("\\.", -1);
        String more = new String(Json.write(good()), StandardCharsets.UTF_8).replace("ten_acme", "ten_bolt");

        assertNotOurs(parts[0] + "." + encoded(more) + "." + parts[2]);
    }

    /** Signatures of zeros passed where Java did not check them (CVE-2022-21449). */
    @Test
    void refusesASignatureOfZeros() {
        String[] parts = tokens.sign(good()).split("\\.", -1);

        assertNotOurs(parts[0] + "." + parts[1] + "." + "A".repeat(86));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "e30.e30.e30", "bnVsbA.bnVsbA.bnVsbA", "W10.W10.W10"})
    void refusesWhatIsNoToken(String text) {
        assertNotOurs(text);
    }

    /** One token has one text: of a base64url text others stand for the same bytes. */
    @Test
    void refusesATokenOfOursInAnotherSpelling() {
        String token = tokens.sign(good());
        char last = token.charAt(token.length() - 1);
        char other = (char) (last + 1); // 64 bytes end in two characters, of which the last has four unused bits
        String[] parts = token.split("\\.", -1);

        assertThat(tokens.check(token).subject()).isEqualTo("key_1");
        assertThat(Base64.getUrlDecoder().decode(parts[2].substring(0, 85) + other))
                .isEqualTo(Base64.getUrlDecoder().decode(parts[2]));
        assertNotOurs(token.substring(0, token.length() - 1) + other);
        assertNotOurs(token + "==");
        assertNotOurs(token + "=");
        assertNotOurs(token + "\n");
        assertNotOurs(parts[0] + "=." + parts[1] + "." + parts[2]);
        assertNotOurs(parts[0] + "." + parts[1].charAt(0) + "\n" + parts[1].substring(1) + "." + parts[2]);
    }

    private void assertNotOurs(String token) {
        assertThatThrownBy(() -> tokens.check(token))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isInstanceOf(Problem.Unauthenticated.class));
    }

    private static JWSObject unsigned(JWSAlgorithm algorithm, JOSEObjectType type, String keyId) {
        JWSHeader header =
                new JWSHeader.Builder(algorithm).type(type).keyID(keyId).build();
        return new JWSObject(header, new Payload(Json.write(good())));
    }

    private static TokenClaims good() {
        return claims(TokensInTests.ISSUER, "urn:sextant:api", NOW.plusSeconds(900));
    }

    private static TokenClaims claims(String issuer, String audience, Instant end) {
        return new TokenClaims(
                issuer,
                audience,
                "key_1",
                "key_1",
                "ak_live_abcdefgh",
                null,
                "ten_acme",
                "analytics:read keys:read",
                "tok_1",
                NOW.getEpochSecond(),
                end.getEpochSecond());
    }

    private static String header(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", 2)[0]), StandardCharsets.UTF_8);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
