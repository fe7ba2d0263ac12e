package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static dev.sextant.contract.Problems.assertProblem;

import org.junit.jupiter.api.AfterAll;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import io.vertx.core.buffer.Buffer;
import dev.sextant.bus.Bus;
import com.nimbusds.jose.jwk.Curve;
import java.time.Duration;
import org.junit.jupiter.api.DynamicTest;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.vertx.ext.web.client.HttpResponse;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import io.vertx.core.json.JsonObject;
import com.nimbusds.jose.crypto.MACSigner;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import java.net.URI;

/** Forged and borrowed access tokens, shown to a whole node. What {@code Tokens} alone makes of such, its own test shows. */
@Timeout(90)
@Covers({"rotateSigningKeys", "getJwks"})
class TokenAttacksContractTest {

    private static final String EMAIL = "ada@example.com";

    private static Service service;
    private static Customer acme;
    private static JsonObject header;
    private static JsonObject claims;
    private static String token;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        People.create(acme, EMAIL, "viewer");
        Relying board = Relying.register(service, acme, "public", "datasets:read");
        token = Relying.access(board.redeem(board.code(new Browser(service), EMAIL, People.PASSWORD)));
        String[] parts = token.split("\\.", -1);
        header = decoded(parts[0]);
        claims = decoded(parts[1]);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void theTokenThatIsForgedHereIsGood() {
        assertThat(service.platform().as(token).get(Sales.DATASETS).statusCode())
                .isEqualTo(200);
        assertThat(header.getString("typ")).isEqualTo("at+jwt");
        assertThat(claims.fieldNames()).contains("iss", "aud", "sub", "client_id", "exp", "iat", "jti", "scope");
    }

    @TestFactory
    Stream<DynamicTest> refusesForgedTokens() throws Exception {
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID("own").generate();
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        String jwks = service.anonymous().get("/.well-known/jwks.json").bodyAsString();
        String published = new JsonObject(jwks).getJsonArray("keys").getJsonObject(0).encode();
        String kid = header.getString("kid");
        String none = encoded(header.copy().put("alg", "none")) + "." + encoded(claims) + ".";
        String signature = token.substring(token.lastIndexOf('.') + 1);
        return Stream.of(
                        Map.entry("alg none", none),
                        Map.entry("alg none with a signature", none + signature),
                        Map.entry("alg None", none.replaceFirst("^[^.]+", encoded(header.copy().put("alg", "None")))),
                        Map.entry("HS256 under the published key", mac(published, kid)),
                        Map.entry("HS256 under all that is published", mac(jwks, kid)),
                        Map.entry("our kid, another's key", signed(own, kid, claims)),
                        Map.entry("another's kid", signed(own, "own", claims)),
                        Map.entry("kid a path", signed(own, "../../../../dev/null", claims)),
                        Map.entry("kid with SQL", signed(own, "x' UNION SELECT 'AA==' --", claims)),
                        Map.entry("no kid", signed(own, null, claims)),
                        Map.entry("its own key along", embedded(own, kid)),
                        Map.entry("RS256 under our kid", rsa(rsa, kid)),
                        Map.entry("another tenant in the claims", altered(claims.copy().put("tenant", "ten_other"))),
                        Map.entry("more scopes in the claims", altered(claims.copy().put("scope", "keys:write"))),
                        Map.entry("a later end", altered(claims.copy().put("exp", 4_000_000_000L))),
                        Map.entry("no signature", token.substring(0, token.lastIndexOf('.') + 1)),
                        Map.entry("half a signature", token.substring(0, token.length() - 43)),
                        Map.entry("a signature of zeros", token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86)),
                        Map.entry("two tokens", token + "." + token))
                .map(forged -> DynamicTest.dynamicTest(
                        forged.getKey(),
                        () -> assertProblem(
                                service.platform().as(forged.getValue()).get(Sales.DATASETS),
                                401,
                                "unauthenticated")));
    }

    /** Another installation's token, were it signed by our own key: issuer, audience, kind. */
    @Test
    void refusesTheTokenOfAnotherInstallation() {
        Service other = new Service(Bus.Wire.WHERE_NEEDED);
        try {
            Customer customer = other.newCustomer();
            HttpResponse<Buffer> issued = new Relying(other, "", null, "")
                    .token(Map.of(
                            "grant_type",
                            "client_credentials",
                            "client_id",
                            customer.keyId(),
                            "client_secret",
                            customer.key()));

            assertProblem(
                    service.platform().as(Relying.access(issued)).get(Sales.DATASETS), 401, "unauthenticated");
        } finally {
            other.close();
        }
    }

    @Test
    void aNewKeyIsAnnouncedAndThenSigns() {
        JsonObject rotated = rotate("{}").bodyAsJsonObject();
        String newest = rotated.getJsonArray("data").getJsonObject(0).getString("id");

        assertThat(rotated.getJsonArray("data").getJsonObject(0).getString("state")).isEqualTo("announced");
        assertThat(service.anonymous().get("/.well-known/jwks.json").bodyAsString()).contains(newest);
        assertThat(kid(tokenOfKey())).isNotEqualTo(newest);
        assertThat(service.platform().as(token).get(Sales.DATASETS).statusCode()).isEqualTo(200);
    }

    @Test
    void nothingThatALostKeySignedIsBelievedAnyMore() {
        String before = tokenOfKey();
        assertThat(service.platform().as(before).get(Sales.DATASETS).statusCode()).isEqualTo(200);

        JsonObject replaced = rotate("{\"compromised\": true}").bodyAsJsonObject();

        assertThat(replaced.getJsonArray("data")).hasSize(1);
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(
                        service.platform().as(before).get(Sales.DATASETS), 401, "unauthenticated"));
        String after = tokenOfKey();
        assertThat(kid(after)).isEqualTo(replaced.getJsonArray("data").getJsonObject(0).getString("id"));
        assertThat(service.platform().as(after).get(Sales.DATASETS).statusCode()).isEqualTo(200);
        Relying board = Relying.register(service, acme, "public", "datasets:read");
        token = Relying.access(board.redeem(board.code(new Browser(service), EMAIL, People.PASSWORD)));
    }

    @Test
    void onlyThePlatformRotatesKeys() {
        assertProblem(acme.caller().post("/api/v2/admin/signing-keys/rotate", "{}"), 403, "insufficient_scope");
    }

    private static HttpResponse<Buffer> rotate(String body) {
        HttpResponse<Buffer> rotated = service.platform().post("/api/v2/admin/signing-keys/rotate", body);
        assertThat(rotated.statusCode()).isEqualTo(200);
        return rotated;
    }

    private static String tokenOfKey() {
        return Relying.access(new Relying(service, "", null, "")
                .token(Map.of(
                        "grant_type", "client_credentials", "client_id", acme.keyId(), "client_secret", acme.key())));
    }

    private static String kid(String token) {
        return decoded(token.split("\\.", 2)[0]).getString("kid");
    }

    private static String mac(String secret, String kid) throws JOSEException {
        JWSHeader forged = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(kid)
                .build();
        JWSObject object = new JWSObject(forged, new Payload(claims.encode()));
        object.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        return object.serialize();
    }

    private static String signed(ECKey key, @Nullable String kid, JsonObject payload) throws JOSEException {
        JWSHeader forged = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(kid)
                .build();
        JWSObject object = new JWSObject(forged, new Payload(payload.encode()));
        object.sign(new ECDSASigner(key));
        return object.serialize();
    }

    private static String embedded(ECKey key, String kid) throws JOSEException {
        JWSHeader forged = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(kid)
                .jwk(key.toPublicJWK())
                .jwkURL(URI.create("https://evil.example.com/jwks.json"))
                .build();
        JWSObject object = new JWSObject(forged, new Payload(claims.encode()));
        object.sign(new ECDSASigner(key));
        return object.serialize();
    }

    private static String rsa(RSAKey key, String kid) throws JOSEException {
        JWSHeader forged = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(kid)
                .build();
        JWSObject object = new JWSObject(forged, new Payload(claims.encode()));
        object.sign(new RSASSASigner(key));
        return object.serialize();
    }

    private static String altered(JsonObject payload) {
        String[] parts = token.split("\\.", -1);
        return parts[0] + "." + encoded(payload) + "." + parts[2];
    }

    private static JsonObject decoded(String part) {
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
    }

    private static String encoded(JsonObject json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}
