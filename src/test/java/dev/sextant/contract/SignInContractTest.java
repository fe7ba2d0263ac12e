package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user signs in to a program, which acts for them until somebody says no. What thieves try, {@code SignInAttacks} shows. */
@Timeout(90)
@Covers({
    "authorize",
    "signIn",
    "consent",
    "issueToken",
    "revokeToken",
    "introspectToken",
    "getAuthorizationServerMetadata"
})
class SignInContractTest {

    private static final String EMAIL = "ada@example.com";
    private static final String DATASETS = Sales.DATASETS;

    private static Service service;
    private static Customer acme;
    private static String userId;
    private static Relying board;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        userId = People.create(acme, EMAIL, "viewer");
        board = Relying.register(service, acme, "public", "analytics:read", "datasets:read", "datasets:write");
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void signsInAsksAndSendsBack() {
        Browser browser = new Browser(service);

        HttpResponse<Buffer> page = browser.get(board.address());
        HttpResponse<Buffer> signedIn = browser.submit(page, Map.of("email", EMAIL, "password", People.PASSWORD));
        HttpResponse<Buffer> consent = browser.get(signedIn.getHeader("location"));
        Map<String, String> answer = Relying.answer(browser.submit(consent, Map.of("decision", "allow")));

        assertThat(page.bodyAsString()).contains("Sign in to Board &amp; Co", "<label for=\"email\">");
        assertThat(consent.bodyAsString()).contains(EMAIL, "ask questions about your data");
        assertThat(answer.get("state")).isEqualTo("s/1 2");
        assertThat(answer.get("iss")).isEqualTo(service.url());
        HttpResponse<Buffer> issued = board.redeem(Objects.requireNonNull(answer.get("code")));
        JsonObject tokens = issued.bodyAsJsonObject();
        assertThat(issued.getHeader("cache-control")).isEqualTo("no-store");
        assertThat(tokens.getString("token_type")).isEqualTo("Bearer");
        assertThat(tokens.getLong("expires_in")).isEqualTo(900);
        // A viewer may not write, whatever the client asks for.
        assertThat(tokens.getString("scope")).isEqualTo("analytics:read datasets:read");
        Caller holder = service.platform().as(tokens.getString("access_token"));
        assertThat(holder.get(DATASETS).statusCode()).isEqualTo(200);
        assertProblem(holder.post(DATASETS, "{\"name\": \"a\", \"model\": {}}"), 403, "insufficient_scope");
    }

    @Test
    void pagesLetNothingInAndStayNowhere() {
        Browser browser = new Browser(service);

        HttpResponse<Buffer> page = browser.get(board.address());

        assertThat(page.getHeader("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.getHeader("cache-control")).isEqualTo("no-store");
        assertThat(page.getHeader("content-security-policy"))
                .startsWith("default-src 'none'; style-src 'nonce-")
                .contains("frame-ancestors 'none'");
        assertThat(page.getHeader("referrer-policy")).isEqualTo("no-referrer");
        assertThat(page.getHeader("set-cookie"))
                .contains("; HttpOnly; SameSite=Lax")
                .doesNotContain("Secure");
        assertThat(page.bodyAsString()).doesNotContain("<script");
    }

    @Test
    void whoIsSignedInIsAskedAtOnce() {
        Browser browser = new Browser(service);
        board.code(browser, EMAIL, People.PASSWORD);

        HttpResponse<Buffer> page = browser.get(board.address());

        assertThat(page.bodyAsString()).contains("Let Board &amp; Co act for you?");
    }

    @Test
    void whoSaysNoIsBelieved() {
        Browser browser = new Browser(service);
        HttpResponse<Buffer> signedIn =
                browser.submit(browser.get(board.address()), Map.of("email", EMAIL, "password", People.PASSWORD));

        HttpResponse<Buffer> denied =
                browser.submit(browser.get(signedIn.getHeader("location")), Map.of("decision", "deny"));

        assertThat(Relying.answer(denied))
                .containsEntry("error", "access_denied")
                .containsEntry("state", "s/1 2");
    }

    @Test
    void whoIsSomebodyElseSignsOut() {
        Browser browser = new Browser(service);
        board.code(browser, EMAIL, People.PASSWORD);
        String session = browser.cookie();

        HttpResponse<Buffer> out = browser.submit(browser.get(board.address()), Map.of("decision", "sign_out"));
        browser.plant(session);

        assertThat(out.getHeader("set-cookie")).contains("Max-Age=0");
        assertThat(browser.get(board.address()).bodyAsString()).contains("Sign in to");
    }

    @Test
    void aRefreshTokenCarriesOnAndIsReplaced() {
        HttpResponse<Buffer> first = board.redeem(board.code(new Browser(service), EMAIL, People.PASSWORD));

        HttpResponse<Buffer> second = board.refresh(Relying.refreshToken(first));
        HttpResponse<Buffer> third = board.refresh(Relying.refreshToken(second));

        assertThat(Relying.refreshToken(third)).isNotEqualTo(Relying.refreshToken(second));
        assertThat(service.platform().as(Relying.access(third)).get(DATASETS).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aConfidentialClientProvesItself() {
        Relying server = Relying.register(service, acme, "confidential", "analytics:read");
        String code = server.code(new Browser(service), EMAIL, People.PASSWORD);

        HttpResponse<Buffer> issued = server.redeem(code);

        assertThat(Relying.refreshToken(issued)).startsWith("ort_");
        Map<String, String> withoutSecret = server.redemption(code);
        withoutSecret.remove("client_secret");
        assertProblem(server.token(withoutSecret), 401, "invalid_client");
    }

    @Test
    void tellsRefusalsInOauthsWordsToo() {
        HttpResponse<Buffer> refused = board.redeem("oac_x.nothing");

        assertProblem(refused, 400, "invalid_grant");
        assertThat(refused.bodyAsJsonObject().getString("error")).isEqualTo("invalid_grant");
        assertThat(refused.bodyAsJsonObject().getString("error_description")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "response_type=token,             unsupported_response_type",
        "scope=datasets:write platform:tenants, invalid_scope",
        "scope=keys:write,                invalid_scope",
        "scope=all,                       invalid_scope",
        "code_challenge_method=plain,     invalid_request",
        "code_challenge_method=,          invalid_request",
        "code_challenge=,                 invalid_request",
        "code_challenge=short,            invalid_request"
    })
    void tellsTheClientWhatIsWrong(String change, String error) {
        Map<String, String> query = board.query();
        String[] pair = change.split("=", 2);
        query.put(pair[0], pair[1]);

        HttpResponse<Buffer> response = new Browser(service).get(Relying.address(query));

        assertThat(Relying.answer(response))
                .containsEntry("error", error)
                .containsEntry("state", "s/1 2")
                .containsEntry("iss", service.url());
    }

    @Test
    void ignoresParametersThatItDoesNotKnow() {
        Map<String, String> query = board.query();
        query.put("prompt", "login");

        assertThat(new Browser(service).get(Relying.address(query)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aUserWhoMayDoNothingOfItIsNotAsked() {
        Relying writer = Relying.register(service, acme, "public", "keys:write");
        Browser browser = new Browser(service);
        HttpResponse<Buffer> signedIn =
                browser.submit(browser.get(writer.address()), Map.of("email", EMAIL, "password", People.PASSWORD));

        HttpResponse<Buffer> response = browser.get(signedIn.getHeader("location"));

        assertThat(Relying.answer(response)).containsEntry("error", "invalid_scope");
    }

    @Test
    void revokingARefreshTokenEndsAllThatCameOfTheSignIn() {
        HttpResponse<Buffer> issued = board.redeem(board.code(new Browser(service), EMAIL, People.PASSWORD));
        Caller holder = service.platform().as(Relying.access(issued));
        assertThat(holder.get(DATASETS).statusCode()).isEqualTo(200);

        assertThat(board.revoke(Relying.refreshToken(issued)).statusCode()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(holder.get(DATASETS), 401, "token_revoked"));
        assertProblem(board.refresh(Relying.refreshToken(issued)), 400, "invalid_grant");
        assertThat(board.revoke(Relying.refreshToken(issued)).statusCode()).isEqualTo(200);
    }

    @Test
    void revokingAnAccessTokenDoesTheSame() {
        HttpResponse<Buffer> issued = board.redeem(board.code(new Browser(service), EMAIL, People.PASSWORD));

        assertThat(board.revoke(Relying.access(issued)).statusCode()).isEqualTo(200);

        assertProblem(board.refresh(Relying.refreshToken(issued)), 400, "invalid_grant");
    }

    @Test
    void whatIsNoTokenIsRevokedAlike() {
        assertThat(board.revoke("nothing").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsServersWhetherATokenIsGood() {
        Relying server = Relying.register(service, acme, "confidential", "analytics:read");
        HttpResponse<Buffer> issued = board.redeem(board.code(new Browser(service), EMAIL, People.PASSWORD));

        JsonObject access = server.introspect(Relying.access(issued)).bodyAsJsonObject();
        JsonObject refresh = server.introspect(Relying.refreshToken(issued)).bodyAsJsonObject();

        assertThat(access.getBoolean("active")).isTrue();
        assertThat(access.getString("sub")).isEqualTo(userId);
        assertThat(access.getString("client_id")).isEqualTo(board.clientId());
        assertThat(access.getString("scope")).isEqualTo("analytics:read datasets:read");
        assertThat(access.getString("tenant_id")).isEqualTo(acme.tenant());
        assertThat(refresh.getBoolean("active")).isTrue();
        board.revoke(Relying.refreshToken(issued));
        JsonObject ended = new JsonObject().put("active", false);
        assertThat(server.introspect(Relying.refreshToken(issued)).bodyAsJsonObject())
                .isEqualTo(ended);
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(
                                server.introspect(Relying.access(issued)).bodyAsJsonObject())
                        .isEqualTo(ended));
        assertThat(server.introspect("nothing").bodyAsJsonObject()).isEqualTo(ended);
    }

    @Test
    void asksNoServerOfAnotherTenantAndNoPublicClient() {
        Relying foreign = Relying.register(service, service.newCustomer(), "confidential", "analytics:read");
        HttpResponse<Buffer> issued = board.redeem(board.code(new Browser(service), EMAIL, People.PASSWORD));
        JsonObject unknown = new JsonObject().put("active", false);

        assertThat(foreign.introspect(Relying.access(issued)).bodyAsJsonObject())
                .isEqualTo(unknown);
        assertThat(foreign.introspect(Relying.refreshToken(issued)).bodyAsJsonObject())
                .isEqualTo(unknown);
        assertProblem(board.introspect(Relying.access(issued)), 400, "unauthorized_client");
        assertThat(foreign.revoke(Relying.refreshToken(issued)).statusCode()).isEqualTo(200);
        assertThat(board.refresh(Relying.refreshToken(issued)).statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenOfAKeyIsInspectedAndNotRevokedByItself() {
        Relying server = Relying.register(service, acme, "confidential", "analytics:read");
        HttpResponse<Buffer> issued = server.token(
                Map.of("grant_type", "client_credentials", "client_id", acme.keyId(), "client_secret", acme.key()));

        assertThat(server.introspect(Relying.access(issued)).bodyAsJsonObject().getString("sub"))
                .isEqualTo(acme.keyId());
        assertProblem(server.revoke(Relying.access(issued)), 400, "unsupported_token_type");
    }

    @Test
    void describesItself() {
        JsonObject metadata = service.anonymous()
                .get("/.well-known/oauth-authorization-server")
                .bodyAsJsonObject();

        assertThat(metadata.getString("issuer")).isEqualTo(service.url());
        assertThat(metadata.getString("token_endpoint")).isEqualTo(service.url() + "/oauth/token");
        assertThat(metadata.getJsonArray("code_challenge_methods_supported")).isEqualTo(JsonArray.of("S256"));
        assertThat(metadata.getBoolean("authorization_response_iss_parameter_supported"))
                .isTrue();
    }
}
