package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.Configs;
import dev.sextant.launch.SextantConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in through somebody else: what is taken from a provider, and what is not. A real one is asked by {@code KeycloakIT}. */
@Timeout(90)
@Covers({
    "putIdentityProvider",
    "getIdentityProvider",
    "listIdentityProviders",
    "deleteIdentityProvider",
    "beginExternalSignIn",
    "finishExternalSignIn"
})
class IdentityProvidersContractTest {

    private static final String PROVIDERS = "/api/v2/identity-providers";

    private static Service service;
    private static FakeProvider provider;
    private Customer acme;
    private Relying board;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS, TestServers.freshPostgres(), trustingLoopback());
        provider = new FakeProvider(service.vertx());
    }

    @AfterAll
    static void stopService() {
        provider.close();
        service.close();
    }

    private static SextantConfig trustingLoopback() {
        return Configs.with(Map.of(
                "identity.providers.allow_loopback", "true",
                "identity.providers.providers_max", "2",
                "identity.providers.patience", "2s",
                "identity.providers.body_bytes_max", "16384"));
    }

    @BeforeEach
    void aTenantWithTheProvider() {
        provider.instead(null);
        provider.claims(UnaryOperator.identity());
        provider.metadata(UnaryOperator.identity());
        provider.signer(provider::sign);
        provider.redemptions().clear();
        acme = service.newCustomer();
        board = Relying.register(service, acme, "public", "analytics:read", "datasets:read", "keys:read");
    }

    @Test
    void keepsAProviderAndShowsItsSecretToNobody() {
        HttpResponse<Buffer> put = put(acme, "corporate", wish());

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.getHeader("etag")).isEqualTo("\"1\"");
        HttpResponse<Buffer> told = acme.caller().get(PROVIDERS + "/corporate");
        assertThat(told.bodyAsJsonObject()).isEqualTo(put.bodyAsJsonObject());
        assertThat(told.bodyAsString()).doesNotContain("the secret");
        assertThat(acme.caller().get(PROVIDERS).bodyAsJsonObject().getJsonArray("data"))
                .containsExactly(put.bodyAsJsonObject());
        assertThat(acme.caller().delete(PROVIDERS + "/corporate").statusCode()).isEqualTo(204);
        assertProblem(acme.caller().get(PROVIDERS + "/corporate"), 404, "not_found");
        assertProblem(acme.caller().delete(PROVIDERS + "/corporate"), 404, "not_found");
    }

    @Test
    void aSecretStaysWithItsIssuer() {
        put(acme, "corporate", wish());
        JsonObject withoutSecret = wish();
        withoutSecret.remove("client_secret");

        assertThat(put(acme, "corporate", withoutSecret).getHeader("etag")).isEqualTo("\"2\"");
        assertThat(errors(put(acme, "another", withoutSecret))).containsExactly("/client_secret missing_field");
    }

    @Test
    void refusesWhatWasChangedMeanwhileAndTooMany() {
        put(acme, "one", wish());
        put(acme, "two", wish());

        HttpRequest<Buffer> late =
                acme.caller().json(HttpMethod.PUT, PROVIDERS + "/one").putHeader("if-match", "\"7\"");

        assertProblem(acme.caller().send(late, wish().toBuffer()), 412, "precondition_failed");
        assertProblem(put(acme, "three", wish()), 422, "limit_exceeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.com",
                "http://169.254.169.254/latest",
                "http://localhost:1/x",
                "ftp://127.0.0.1/",
                "file:///etc/passwd",
                "https://user@login.example.com",
                "https://login.example.com/#a",
                "https://login.example.com/",
                "login.example.com"
            })
    void goesNowhereButByHttps(String issuer) {
        HttpResponse<Buffer> response = put(acme, "corporate", wish().put("issuer", issuer));

        assertThat(errors(response)).containsExactly("/issuer not_allowed");
    }

    /** What a provider may do when it is asked about itself, and is not taken for one. */
    @TestFactory
    Stream<DynamicTest> refusesWhatIsNoProvider() {
        Map<String, Runnable> nameToTrick = Map.of(
                "another issuer", () -> provider.metadata(json -> json.put("issuer", "https://other.example.com")),
                "a token endpoint inside",
                        () -> provider.metadata(json -> json.put("token_endpoint", "https://169.254.169.254/token")),
                "keys by another scheme", () -> provider.metadata(json -> json.put("jwks_uri", "file:///etc/passwd")),
                "no endpoint",
                        () -> provider.metadata(json -> {
                            json.remove("token_endpoint");
                            return json;
                        }),
                "a redirect",
                        () -> provider.instead(request -> request.response()
                                .setStatusCode(302)
                                .putHeader("location", "http://127.0.0.1:1/")
                                .end()),
                "an error",
                        () -> provider.instead(
                                request -> request.response().setStatusCode(500).end()),
                "no JSON", () -> provider.instead(request -> request.response().end("<html>")),
                "too much", () -> provider.instead(request -> request.response().end("x".repeat(1 << 20))),
                "hanging up",
                        () -> provider.instead(request -> request.connection().close()),
                "silence", () -> provider.instead(_ -> {}));
        return nameToTrick.entrySet().stream()
                .map(trick -> DynamicTest.dynamicTest(trick.getKey(), () -> {
                    aTenantWithTheProvider();
                    trick.getValue().run();

                    HttpResponse<Buffer> response = put(acme, "corporate", wish());

                    assertThat(errors(response)).containsExactly("/issuer not_allowed");
                }));
    }

    @Test
    void signsInWhomTheProviderVouchesForAndMakesThemAUser() {
        put(acme, "corporate", wish());
        Browser browser = new Browser(service);

        HttpResponse<Buffer> consent = browser.get(signIn(browser).getHeader("location"));
        Map<String, String> answer = Relying.answer(browser.submit(consent, Map.of("decision", "allow")));

        JsonObject tokens =
                board.redeem(Objects.requireNonNull(answer.get("code"))).bodyAsJsonObject();
        assertThat(tokens.getString("scope")).isEqualTo("analytics:read datasets:read keys:read");
        JsonObject user = userOf("ada@example.com");
        assertThat(user.getString("provider")).isEqualTo(provider.issuer());
        assertThat(user.getJsonArray("roles")).isEqualTo(JsonArray.of("admin", "viewer"));
        assertThat(user.getBoolean("has_password")).isFalse();
        Map<String, String> redemption = provider.redemptions().element();
        assertThat(redemption)
                .containsEntry("code", "c/1")
                .containsEntry("redirect_uri", service.url() + "/oauth/callback")
                .containsKey("code_verifier");
        assertThat(redemption.get("authorization")).startsWith("Basic ");
    }

    @Test
    void showsAButtonForEachProviderOfTheTenant() {
        put(acme, "corporate", wish());

        assertThat(new Browser(service).get(board.address()).bodyAsString())
                .contains("Sign in with Company login", "/oauth/external/corporate?");
        Customer bolt = service.newCustomer();
        Relying theirs = Relying.register(service, bolt, "public", "analytics:read");
        assertThat(new Browser(service).get(theirs.address()).bodyAsString()).doesNotContain("Company login");
    }

    @Test
    void rolesFollowTheProvider() {
        put(acme, "corporate", wish());
        signIn(new Browser(service));

        provider.claims(claims -> claims.put("realm", new JsonObject().put("roles", JsonArray.of("people"))));
        signIn(new Browser(service));

        assertThat(userOf("ada@example.com").getJsonArray("roles")).isEqualTo(JsonArray.of("viewer"));
    }

    /** What an ID token must not be. */
    @TestFactory
    Stream<DynamicTest> refusesIdTokens() {
        ECKey other = FakeProvider.makeKey();
        Map<String, Runnable> nameToTrick = Map.of(
                "another nonce", () -> provider.claims(claims -> claims.put("nonce", "another")),
                "another audience", () -> provider.claims(claims -> claims.put("aud", "somebody")),
                "another issuer", () -> provider.claims(claims -> claims.put("iss", "https://other.example.com")),
                "over", () -> provider.claims(claims -> claims.put("exp", 1_000_000_000L)),
                "from the future", () -> provider.claims(claims -> claims.put("iat", 4_000_000_000L)),
                "another's key", () -> provider.signer(claims -> FakeProvider.sign(other, claims)),
                "alg none", () -> provider.signer(claims -> new PlainJWT(claimsSet(claims)).serialize()),
                "no token", () -> provider.signer(_ -> "nothing"),
                "an address that is not verified", () -> provider.claims(claims -> claims.put("email_verified", false)),
                "no address",
                        () -> provider.claims(claims -> {
                            claims.remove("email");
                            return claims;
                        }));
        return nameToTrick.entrySet().stream()
                .map(trick -> DynamicTest.dynamicTest(trick.getKey(), () -> {
                    aTenantWithTheProvider();
                    put(acme, "corporate", wish());
                    trick.getValue().run();

                    assertThat(signIn(new Browser(service)).statusCode()).isEqualTo(403);
                    assertThat(users("ada@example.com")).isEmpty();
                }));
    }

    private static JWTClaimsSet claimsSet(JsonObject claims) {
        try {
            return JWTClaimsSet.parse(claims.encode());
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoHasNoRoleOrComesFromElsewhereStaysOut() {
        put(acme, "corporate", wish().put("default_roles", new JsonArray()).put("role_mapping", new JsonObject()));
        assertThat(signIn(new Browser(service)).statusCode()).isEqualTo(403);

        put(acme, "corporate", wish().put("allowed_domains", JsonArray.of("other.example.com")));
        assertThat(signIn(new Browser(service)).statusCode()).isEqualTo(403);
    }

    @Test
    void aSuspendedUserStaysOut() {
        put(acme, "corporate", wish());
        signIn(new Browser(service));
        String path = People.USERS + "/" + userOf("ada@example.com").getString("id");

        acme.caller().patch(path, "{\"status\": \"suspended\"}");

        assertThat(signIn(new Browser(service)).statusCode()).isEqualTo(403);
    }

    @Test
    void anAnswerIsTakenOnceAndFromTheBrowserThatAsked() {
        put(acme, "corporate", wish());
        Browser victim = new Browser(service);
        Browser thief = new Browser(service);
        String callback = provider.authorize(external(victim).getHeader("location"));
        thief.get(board.address());

        assertThat(thief.get(callback).statusCode()).isEqualTo(403);
        assertThat(victim.get(callback).statusCode()).isEqualTo(403);
        assertThat(victim.get("/oauth/callback?code=c&state=nothing").statusCode())
                .isEqualTo(403);
        assertThat(victim.get("/oauth/callback").statusCode()).isEqualTo(403);
    }

    @Test
    void anAnswerOfAnotherProviderIsNotTaken() {
        put(acme, "corporate", wish());
        Browser browser = new Browser(service);
        String callback = provider.authorize(external(browser).getHeader("location"));

        assertThat(browser.get(callback + "&iss=https%3A%2F%2Fother.example.com")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aProviderThatIsAwayIsToldToTheUser() {
        put(acme, "corporate", wish());
        provider.instead(request -> request.response().setStatusCode(503).end());

        HttpResponse<Buffer> response = external(new Browser(service));

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.bodyAsString()).contains("status 503");
    }

    @Test
    void givesNoRolesThatMayDoMoreThanTheCaller() {
        JsonObject key = Service.newKey(
                acme.caller(), acme.tenant(), List.of("sign_in:write", "analytics:read", "datasets:read"));
        Customer weak = new Customer(
                acme.tenant(),
                key.getString("id"),
                key.getString("key"),
                service.platform().as(key.getString("key")));

        assertProblem(put(weak, "corporate", wish()), 403, "insufficient_scope");
        assertThat(put(weak, "corporate", wish().put("role_mapping", new JsonObject()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherTenantSeesNothing() {
        put(acme, "corporate", wish());
        Customer bolt = service.newCustomer();
        Relying theirs = Relying.register(service, bolt, "public", "analytics:read");

        assertProblem(bolt.caller().get(PROVIDERS + "/corporate"), 404, "not_found");
        assertProblem(bolt.caller().delete(PROVIDERS + "/corporate"), 404, "not_found");
        assertThat(bolt.caller().get(PROVIDERS).bodyAsJsonObject().getJsonArray("data"))
                .isEmpty();
        assertThat(new Browser(service)
                        .get(theirs.address().replace("/oauth/authorize?", "/oauth/external/corporate?"))
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<Buffer> signIn(Browser browser) {
        return browser.get(provider.authorize(external(browser).getHeader("location")));
    }

    private HttpResponse<Buffer> external(Browser browser) {
        browser.get(board.address());
        return browser.get(board.address().replace("/oauth/authorize?", "/oauth/external/corporate?"));
    }

    private JsonObject userOf(String email) {
        return users(email).getJsonObject(0);
    }

    private JsonArray users(String email) {
        return acme.caller()
                .get(People.USERS + "?email=" + email)
                .bodyAsJsonObject()
                .getJsonArray("data");
    }

    private static HttpResponse<Buffer> put(Customer customer, String id, JsonObject wish) {
        return customer.caller().send(customer.caller().json(HttpMethod.PUT, PROVIDERS + "/" + id), wish.toBuffer());
    }

    private static JsonObject wish() {
        return new JsonObject()
                .put("name", "Company login")
                .put("issuer", provider.issuer())
                .put("client_id", "sextant")
                .put("client_secret", "the secret")
                .put("roles_claim", "realm.roles")
                .put("role_mapping", new JsonObject().put("bosses", "admin"))
                .put("default_roles", JsonArray.of("viewer"));
    }
}
