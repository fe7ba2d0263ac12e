package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access tokens from the client's side. What forged tokens come to, {@code TokensTest} shows. */
@Timeout(60)
@Covers({"issueToken", "getJwks"})
class TokensContractTest {

    private static final String TOKEN = "/oauth/token";
    private static final String KEYS = "/api/v2/api-keys";

    private static Service service;
    private static Customer acme;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void issuesATokenThatWorksAsItsKeyDoes() {
        HttpResponse<Buffer> issued = token(credentials(acme.keyId(), acme.key()));

        assertThat(issued.statusCode()).isEqualTo(200);
        assertThat(issued.getHeader("cache-control")).isEqualTo("no-store");
        JsonObject body = issued.bodyAsJsonObject();
        assertThat(body.getLong("expires_in")).isEqualTo(900);
        assertThat(body.getString("scope")).isEqualTo(String.join(" ", Service.CUSTOMER_SCOPES));
        assertThat(holder(issued).get(KEYS + "/" + acme.keyId()).statusCode()).isEqualTo(200);
    }

    @Test
    void takesCredentialsBehindMoreThanOneSpace() {
        String basic =
                Base64.getEncoder().encodeToString((acme.keyId() + ":" + acme.key()).getBytes(StandardCharsets.UTF_8));

        HttpResponse<Buffer> issued =
                token("Basic   " + basic, "grant_type=client_credentials&client_id=" + acme.keyId());

        assertThat(issued.statusCode()).as(issued.bodyAsString()).isEqualTo(200);
        String token = issued.bodyAsJsonObject().getString("access_token");
        for (String authorization : List.of("Bearer  " + token, "bearer   " + acme.key())) {
            HttpRequest<Buffer> request =
                    service.anonymous().request(HttpMethod.GET, KEYS).putHeader("authorization", authorization);
            assertThat(service.anonymous().send(request, Buffer.buffer()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void takesTheClientByHttpBasic() {
        String basic =
                Base64.getEncoder().encodeToString((acme.keyId() + ":" + acme.key()).getBytes(StandardCharsets.UTF_8));

        assertThat(token("Basic " + basic, "grant_type=client_credentials").statusCode())
                .isEqualTo(200);
    }

    @Test
    void givesNoMoreThanWasAskedFor() {
        HttpResponse<Buffer> issued = token(credentials(acme.keyId(), acme.key()) + "&scope=analytics:read");

        assertThat(issued.bodyAsJsonObject().getString("scope")).isEqualTo("analytics:read");
        assertProblem(holder(issued).get(KEYS), 403, "insufficient_scope");
    }

    @Test
    void givesNoMoreThanTheKeyHas() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));

        HttpResponse<Buffer> refused =
                token(credentials(key.getString("id"), key.getString("key")) + "&scope=keys:read+keys:write");

        assertRefused(refused, 400, "invalid_scope");
    }

    @Test
    void ignoresFieldsThatOauthDoesNotKnow() {
        assertThat(token(credentials(acme.keyId(), acme.key()) + "&audience=x").statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesAnotherKeysIdAndAnotherTenantsKey() {
        Customer bolt = service.newCustomer();

        assertProblem(token(credentials(bolt.keyId(), acme.key())), 401, "invalid_client");
        assertProblem(token(credentials(acme.keyId(), bolt.key())), 401, "invalid_client");
        assertProblem(token(credentials(acme.keyId(), "ak_live_nothing")), 401, "invalid_client");
        HttpResponse<Buffer> nobody = token("grant_type=client_credentials");
        assertProblem(nobody, 401, "invalid_client");
        assertThat(nobody.bodyAsJsonObject().getString("error")).isEqualTo("invalid_client");
        assertThat(nobody.getHeader("www-authenticate")).startsWith("Basic");
    }

    @Test
    void refusesATokenInPlaceOfAKey() {
        String token =
                token(credentials(acme.keyId(), acme.key())).bodyAsJsonObject().getString("access_token");

        assertProblem(token("Bearer " + token, "grant_type=client_credentials"), 401, "invalid_client");
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password&client_id=a&client_secret=b,                        400, unsupported_grant_type",
        "client_id=a&client_secret=b,                                            400, invalid_request",
        "grant_type=client_credentials&client_id=a&client_secret=b&scope=every,  400, invalid_scope",
        "grant_type=client_credentials&grant_type=client_credentials,            400, invalid_request",
        "grant_type=client_credentials&client_id=%zz,                            400, invalid_request",
        "grant_type=refresh_token&client_id=a&client_secret=b,                   401, invalid_client"
    })
    void refusesWhatIsNoRequestForAToken(String form, int status, String code) {
        assertRefused(token(form), status, code);
    }

    @Test
    void tellsAnOauthClientThatThisGrantIsForKeys() {
        Relying server = Relying.register(service, acme, "confidential", "datasets:read");
        Relying app = Relying.register(service, acme, "public", "datasets:read");
        Relying liar = new Relying(service, server.clientId(), "ocs_wrong", Relying.CALLBACK);

        assertRefused(asItself(server), 400, "unauthorized_client");
        assertRefused(asItself(app), 400, "unauthorized_client");
        assertRefused(asItself(liar), 401, "invalid_client");
    }

    @Test
    void aKeyLearnsWhatBecomesOfItsOwnTokensAndOfNoOthers() {
        Relying mine = new Relying(service, acme.keyId(), acme.key(), Relying.CALLBACK);
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        Relying other = new Relying(service, key.getString("id"), key.getString("key"), Relying.CALLBACK);
        String token = Relying.access(asItself(mine));

        JsonObject known = mine.introspect(token).bodyAsJsonObject();

        assertThat(known.getBoolean("active")).isTrue();
        assertThat(known.getString("sub")).isEqualTo(acme.keyId());
        assertThat(other.introspect(token).bodyAsJsonObject()).isEqualTo(new JsonObject().put("active", false));
        assertThat(mine.introspect("nothing").bodyAsJsonObject()).isEqualTo(new JsonObject().put("active", false));
        assertRefused(mine.revoke(token), 400, "unsupported_token_type");
        assertRefused(
                new Relying(service, acme.keyId(), key.getString("key"), "").introspect(token), 401, "invalid_client");
    }

    private static HttpResponse<Buffer> asItself(Relying client) {
        return client.token(client.identified("grant_type", "client_credentials"));
    }

    private static void assertRefused(HttpResponse<Buffer> refused, int status, String code) {
        assertProblem(refused, status, code);
        assertThat(refused.bodyAsJsonObject().getString("error")).isEqualTo(code);
    }

    @Test
    void refusesAnotherMediaTypeAndAFormWithoutEnd() {
        assertProblem(service.anonymous().post(TOKEN, "{}"), 415, "unsupported_media_type");
        assertProblem(token("a=" + "b".repeat(20_000)), 413, "too_large");
    }

    @Test
    void aTokenEndsAfterItsTime() {
        Caller holder = holder(token(credentials(acme.keyId(), acme.key())));
        assertThat(holder.get(KEYS).statusCode()).isEqualTo(200);

        service.clock().advance(Duration.ofMinutes(15));

        assertProblem(holder.get(KEYS), 401, "token_expired");
    }

    @Test
    void aTokenEndsWithItsKeyWithinASecond() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        Caller holder = holder(token(credentials(key.getString("id"), key.getString("key"))));
        assertThat(holder.get(KEYS).statusCode()).isEqualTo(200);

        acme.caller().delete(KEYS + "/" + key.getString("id"));

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(holder.get(KEYS), 401, "token_revoked"));
        assertProblem(token(credentials(key.getString("id"), key.getString("key"))), 401, "key_revoked");
    }

    @Test
    void aTokenEndsWithItsTenant() {
        Customer customer = service.newCustomer();
        Caller holder = holder(token(credentials(customer.keyId(), customer.key())));
        assertThat(holder.get(KEYS).statusCode()).isEqualTo(200);

        service.platform().patch("/api/v2/admin/tenants/" + customer.tenant(), "{\"status\": \"suspended\"}");

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(holder.get(KEYS), 403, "tenant_suspended"));
        assertProblem(token(credentials(customer.keyId(), customer.key())), 403, "tenant_suspended");
    }

    @Test
    void publishesTheKeyThatSignsAndNothingSecretOfIt() {
        HttpResponse<Buffer> published = service.anonymous().get("/.well-known/jwks.json");

        String header = token(credentials(acme.keyId(), acme.key()))
                .bodyAsJsonObject()
                .getString("access_token")
                .split("\\.", 2)[0];
        JsonObject signed = new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(header)));
        JsonObject key = published.bodyAsJsonObject().getJsonArray("keys").getJsonObject(0);
        assertThat(published.getHeader("cache-control")).isEqualTo("public, max-age=300");
        assertThat(signed.getString("alg")).isEqualTo("ES256");
        assertThat(signed.getString("typ")).isEqualTo("at+jwt");
        assertThat(key.getString("kid")).isEqualTo(signed.getString("kid"));
        assertThat(key.containsKey("d")).isFalse();
    }

    private static String credentials(String id, String key) {
        return "grant_type=client_credentials&client_id=" + id + "&client_secret=" + key;
    }

    private static HttpResponse<Buffer> token(String form) {
        return token("", form);
    }

    private static HttpResponse<Buffer> token(String authorization, String form) {
        HttpRequest<Buffer> request = service.anonymous()
                .request(HttpMethod.POST, TOKEN)
                .putHeader("content-type", "application/x-www-form-urlencoded");
        if (!authorization.isEmpty()) {
            request.putHeader("authorization", authorization);
        }
        return service.anonymous().send(request, Buffer.buffer(form));
    }

    private static Caller holder(HttpResponse<Buffer> issued) {
        return service.platform().as(issued.bodyAsJsonObject().getString("access_token"));
    }
}
