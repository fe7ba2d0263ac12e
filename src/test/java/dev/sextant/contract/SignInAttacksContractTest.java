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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What thieves and forgers try at the sign-in, and that it comes to nothing. Forged tokens are in {@code TokenAttacks}. */
@Timeout(120)
class SignInAttacksContractTest {

    private static final String EMAIL = "ada@example.com";
    private static final String DATASETS = Sales.DATASETS;

    private static Service service;
    private static Customer acme;
    private static Customer bolt;
    private static Relying board;
    private static Relying server;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        bolt = service.newCustomer();
        People.create(acme, EMAIL, "viewer");
        board = Relying.register(service, acme, "public", "analytics:read", "datasets:read");
        server = Relying.register(service, acme, "confidential", "analytics:read", "datasets:read");
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    /** A change of a good redemption that must spoil it. */
    private record Spoiled(String name, Consumer<Map<String, String>> change, int status, String code) {}

    @TestFactory
    Stream<DynamicTest> aCodeIsNoGoodWithAnythingChanged() {
        return Stream.of(
                        new Spoiled(
                                "another verifier",
                                form -> form.put("code_verifier", "a".repeat(43)),
                                400,
                                "invalid_grant"),
                        new Spoiled("no verifier", form -> form.remove("code_verifier"), 400, "invalid_request"),
                        new Spoiled(
                                "the challenge for a verifier",
                                form -> form.put("code_verifier", Relying.CHALLENGE),
                                400,
                                "invalid_grant"),
                        new Spoiled(
                                "another redirect URI",
                                form -> form.put("redirect_uri", "https://evil.example.com/"),
                                400,
                                "invalid_grant"),
                        new Spoiled("no redirect URI", form -> form.remove("redirect_uri"), 400, "invalid_request"),
                        new Spoiled(
                                "another client",
                                form -> {
                                    form.put("client_id", server.clientId());
                                    form.put("client_secret", String.valueOf(server.secret()));
                                },
                                400,
                                "invalid_grant"),
                        new Spoiled("no such client", form -> form.put("client_id", "ocl_1"), 401, "invalid_client"),
                        new Spoiled(
                                "a secret where there is none",
                                form -> form.put("client_secret", "x"),
                                401,
                                "invalid_client"),
                        new Spoiled(
                                "another code", form -> form.put("code", form.get("code") + "A"), 400, "invalid_grant"),
                        new Spoiled(
                                "another tenant's name in it",
                                form -> form.put("code", moved(Objects.requireNonNull(form.get("code")))),
                                400,
                                "invalid_grant"))
                .map(spoiled -> DynamicTest.dynamicTest(spoiled.name(), () -> {
                    Map<String, String> form = board.redemption(code());
                    spoiled.change().accept(form);

                    assertProblem(board.token(form), spoiled.status(), spoiled.code());
                }));
    }

    private static String moved(String secret) {
        return secret.replace(acme.tenant().substring(4), bolt.tenant().substring(4));
    }

    /** Who tries a code with the wrong verifier has stolen it: nobody redeems it any more. */
    @Test
    void aCodeThatSomebodyTriedIsSpent() {
        String code = code();
        Map<String, String> form = board.redemption(code);
        form.put("code_verifier", "a".repeat(43));
        board.token(form);

        assertProblem(board.redeem(code), 400, "invalid_grant");
    }

    @Test
    void aCodeIsGoodForAMinute() {
        String code = code();

        service.clock().advance(Duration.ofSeconds(61));

        assertProblem(board.redeem(code), 400, "invalid_grant");
    }

    @Test
    void aCodeThatComesTwiceEndsWhatCameOfIt() {
        String code = code();
        HttpResponse<Buffer> issued = board.redeem(code);
        Caller holder = service.platform().as(Relying.access(issued));
        assertThat(holder.get(DATASETS).statusCode()).isEqualTo(200);

        assertProblem(board.redeem(code), 400, "invalid_grant");

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(holder.get(DATASETS), 401, "token_revoked"));
        assertProblem(board.refresh(Relying.refreshToken(issued)), 400, "invalid_grant");
    }

    @Test
    void aRefreshTokenThatComesTwiceEndsTheFamily() {
        HttpResponse<Buffer> first = board.redeem(code());
        HttpResponse<Buffer> second = board.refresh(Relying.refreshToken(first));
        Caller holder = service.platform().as(Relying.access(second));
        assertThat(holder.get(DATASETS).statusCode()).isEqualTo(200);

        assertProblem(board.refresh(Relying.refreshToken(first)), 400, "invalid_grant");

        assertProblem(board.refresh(Relying.refreshToken(second)), 400, "invalid_grant");
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(holder.get(DATASETS), 401, "token_revoked"));
    }

    @Test
    void ofManyWhoRefreshAtOnceAtMostOneDoes() {
        String token = Relying.refreshToken(board.redeem(code()));

        List<Integer> statuses = Stream.generate(() -> token)
                .limit(8)
                .parallel()
                .map(same -> board.refresh(same).statusCode())
                .toList();

        assertThat(statuses).filteredOn(status -> status == 200).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aRefreshTokenIsNoGoodForAnotherClientNorTenant() {
        HttpResponse<Buffer> issued = board.redeem(code());

        assertProblem(board.refresh(moved(Relying.refreshToken(issued))), 400, "invalid_grant");
        assertProblem(server.refresh(Relying.refreshToken(issued)), 400, "invalid_grant");
        assertProblem(board.refresh(Relying.refreshToken(issued)), 400, "invalid_grant");
    }

    @Test
    void neitherCodeNorRefreshTokenIsACredential() {
        HttpResponse<Buffer> issued = board.redeem(code());

        assertProblem(service.platform().as(Relying.refreshToken(issued)).get(DATASETS), 401, "unauthenticated");
        assertProblem(service.platform().as(code()).get(DATASETS), 401, "unauthenticated");
    }

    @TestFactory
    Stream<DynamicTest> theBrowserGoesNowhereElse() {
        return Stream.of(
                        "https://evil.example.com/callback",
                        "https://board.example.com/callback/",
                        "https://board.example.com/callback?x=1",
                        "https://board.example.com/callback#x",
                        "https://board.example.com/callbac",
                        "https://board.example.com/callback/../evil",
                        "https://board.example.com@evil.example.com/callback",
                        "https://board.example.com.evil.example.com/callback",
                        "HTTPS://BOARD.EXAMPLE.COM/callback",
                        "http://board.example.com/callback",
                        "//board.example.com/callback",
                        "javascript:alert(1)",
                        "")
                .map(redirectUri -> DynamicTest.dynamicTest("to '" + redirectUri + "'", () -> {
                    Map<String, String> query = board.query();
                    query.put("redirect_uri", redirectUri);

                    HttpResponse<Buffer> response = new Browser(service).get(Relying.address(query));

                    assertThat(response.statusCode()).isEqualTo(400);
                    assertThat(response.getHeader("location")).isNull();
                    assertThat(response.bodyAsString())
                            .contains("not registered")
                            .doesNotContain("evil");
                }));
    }

    @Test
    void whoNamesTwoRedirectUrisIsSentNowhere() {
        HttpResponse<Buffer> response =
                new Browser(service).get(board.address() + "&redirect_uri=https%3A%2F%2Fevil.example.com%2F");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.getHeader("location")).isNull();
    }

    @Test
    void aClientThatThereIsNotIsToldToTheUser() {
        Map<String, String> query = board.query();
        query.put("client_id", "ocl_00000000000000000000000000");

        assertThat(new Browser(service).get(Relying.address(query)).statusCode())
                .isEqualTo(400);
    }

    /** Session fixation: whoever planted a cookie before the sign-in holds nothing after it. */
    @Test
    void theCookieFromBeforeTheSignInIsWorthNothing() {
        Browser thief = new Browser(service);
        thief.get(board.address());
        Browser victim = new Browser(service);
        victim.plant(thief.cookie());

        board.code(victim, EMAIL, People.PASSWORD);

        assertThat(victim.cookie()).isNotEqualTo(thief.cookie());
        assertThat(thief.get(board.address()).bodyAsString()).contains("Sign in to");
    }

    @Test
    void aSessionThatWeDidNotMakeIsNone() {
        Browser browser = new Browser(service);
        browser.plant("sextant_session=ses_" + acme.tenant().substring(4) + "." + "A".repeat(43));

        assertThat(browser.get(board.address()).bodyAsString()).contains("Sign in to");
    }

    @Test
    void aSessionIsOfItsTenantAlone() {
        Relying foreign = Relying.register(service, bolt, "public", "analytics:read");
        Browser browser = new Browser(service);
        board.code(browser, EMAIL, People.PASSWORD);

        assertThat(browser.get(foreign.address()).bodyAsString()).contains("Sign in to");
        assertThat(browser.submit(browser.get(foreign.address()), Map.of("email", EMAIL, "password", People.PASSWORD))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aFormOfAnotherBrowserIsNotTaken() {
        HttpResponse<Buffer> page = new Browser(service).get(board.address());
        Browser victim = new Browser(service);
        victim.get(board.address());

        HttpResponse<Buffer> response = victim.post(
                Browser.action(page), Map.of("csrf", Browser.csrf(page), "email", EMAIL, "password", People.PASSWORD));

        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void nobodyDecidesForWhoeverIsSignedIn() {
        Browser victim = new Browser(service);
        board.code(victim, EMAIL, People.PASSWORD);
        String action = Browser.action(victim.get(board.address()));

        HttpResponse<Buffer> forged = victim.post(action, Map.of("csrf", "AAAA", "decision", "allow"));
        HttpResponse<Buffer> bare = new Browser(service).post(action, Map.of("csrf", "AAAA", "decision", "allow"));

        assertThat(forged.getHeader("location")).startsWith("/oauth/authorize?");
        assertThat(bare.getHeader("location")).startsWith("/oauth/authorize?");
    }

    @Test
    void whatTheClientSaysIsNoMarkup() {
        Customer customer = service.newCustomer();
        JsonObject wish = new JsonObject()
                .put("name", "<script>alert(1)</script>\"'")
                .put("type", "public")
                .put("redirect_uris", JsonArray.of(Relying.CALLBACK))
                .put("scopes", JsonArray.of("analytics:read"));
        String id = customer.caller()
                .post("/api/v2/oauth/clients", wish.encode())
                .bodyAsJsonObject()
                .getString("id");
        Map<String, String> query = new Relying(service, id, null, Relying.CALLBACK).query();
        query.put("state", "\"><script>alert(2)</script>");

        String page = new Browser(service).get(Relying.address(query)).bodyAsString();

        assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;");
    }

    /** Whether there is such a user cannot be told from the answer. */
    @Test
    void nobodyLearnsWhoThereIs() {
        String suspended = People.create(acme, "resting@example.com", "viewer");
        acme.caller().patch(People.USERS + "/" + suspended, "{\"status\": \"suspended\"}");

        List<String> pages = Stream.of(EMAIL, "nobody@example.com", "resting@example.com")
                .map(email -> {
                    Browser browser = new Browser(service);
                    String password = email.startsWith("resting") ? People.PASSWORD : "another password";
                    HttpResponse<Buffer> response =
                            browser.submit(browser.get(board.address()), Map.of("email", email, "password", password));
                    assertThat(response.statusCode()).isEqualTo(401);
                    return response.bodyAsString().replaceAll("nonce=\"[^\"]+\"|value=\"[^\"]+\"", "");
                })
                .toList();

        assertThat(pages.get(1)).isEqualTo(pages.get(0));
        assertThat(pages.get(2)).isEqualTo(pages.get(0));
    }

    @Test
    void whoGuessesIsSlowedDownAtOneUserAndNotAtOthers() {
        Customer customer = service.newCustomer();
        People.create(customer, "often@example.com", "viewer");
        People.create(customer, "other@example.com", "viewer");
        Relying client = Relying.register(service, customer, "public", "analytics:read");
        Browser browser = new Browser(service);
        HttpResponse<Buffer> page = browser.get(client.address());

        for (int i = 0; i < 10; i++) {
            assertThat(browser.submit(page, Map.of("email", "often@example.com", "password", "guess " + i))
                            .statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<Buffer> refused =
                browser.submit(page, Map.of("email", "Often@Example.com", "password", People.PASSWORD));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.getHeader("retry-after")).isEqualTo("900");
        assertThat(browser.submit(page, Map.of("email", "other@example.com", "password", People.PASSWORD))
                        .statusCode())
                .isEqualTo(303);
    }

    private static String code() {
        return board.code(new Browser(service), EMAIL, People.PASSWORD);
    }
}
