package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import io.vertx.core.buffer.Buffer;
import dev.sextant.bus.Bus;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.ValueSource;

/** OAuth clients from the side of whoever runs a tenant. */
@Timeout(60)
@Covers({"createOauthClient", "listOauthClients", "getOauthClient", "deleteOauthClient"})
class OauthClientsContractTest {

    private static final String CLIENTS = "/api/v2/oauth/clients";

    private static Service service;
    private static Customer acme;
    private static Customer bolt;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        bolt = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void makesAConfidentialClientWhoseSecretIsShownOnce() {
        HttpResponse<Buffer> made = create("confidential", "https://board.example.com/callback");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.getHeader("cache-control")).isEqualTo("no-store");
        JsonObject client = made.bodyAsJsonObject();
        assertThat(client.getString("client_secret")).startsWith("ocs_");
        HttpResponse<Buffer> told = acme.caller().get(made.getHeader("location"));
        assertThat(told.bodyAsJsonObject().getString("name")).isEqualTo("Board");
        assertThat(told.bodyAsString()).doesNotContain("ocs_");
    }

    @Test
    void makesAPublicClientWithoutASecret() {
        JsonObject client = create("public", "http://127.0.0.1:7000/cb").bodyAsJsonObject();

        assertThat(client.getString("client_secret")).isNull();
        assertThat(client.getString("type")).isEqualTo("public");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://board.example.com/callback",
                "https://board.example.com/#top",
                "https://user@board.example.com/",
                "https://*.example.com/",
                "javascript:alert(1)",
                "data:text/html,x",
                "app:/callback",
                "/callback",
                "https:///callback",
                "https://"
            })
    void refusesToAnswerThere(String redirectUri) {
        HttpResponse<Buffer> response = create("public", redirectUri);

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).containsExactly("/redirect_uris/0 not_allowed");
    }

    @Test
    void givesNoClientAScopeOfThePlatform() {
        HttpResponse<Buffer> response = acme.caller().post(CLIENTS, """
                {"name": "a", "type": "public", "redirect_uris": ["https://a.example.com/"], "scopes": ["platform:tenants"]}""");

        assertThat(errors(response)).containsExactly("/scopes/0 not_allowed");
    }

    @Test
    void listsClientsInPages() {
        Customer customer = service.newCustomer();
        Relying first = Relying.register(service, customer, "public", "analytics:read");
        Relying second = Relying.register(service, customer, "public", "analytics:read");

        JsonObject page = customer.caller().get(CLIENTS + "?limit=1").bodyAsJsonObject();
        JsonObject rest = customer.caller()
                .get(CLIENTS + "?limit=1&cursor=" + page.getString("next_cursor"))
                .bodyAsJsonObject();

        assertThat(ids(page)).containsExactly(first.clientId());
        assertThat(ids(rest)).containsExactly(second.clientId());
    }

    @Test
    void deletesAClientForGood() {
        String path = CLIENTS + "/"
                + Relying.register(service, acme, "public", "analytics:read").clientId();

        assertThat(acme.caller().delete(path).statusCode()).isEqualTo(204);

        assertProblem(acme.caller().get(path), 404, "not_found");
        assertProblem(acme.caller().delete(path), 404, "not_found");
    }

    @Test
    void anotherTenantSeesNothing() {
        String id = Relying.register(service, acme, "public", "analytics:read").clientId();

        assertProblem(bolt.caller().get(CLIENTS + "/" + id), 404, "not_found");
        assertProblem(bolt.caller().delete(CLIENTS + "/" + id), 404, "not_found");
        assertThat(ids(bolt.caller().get(CLIENTS).bodyAsJsonObject())).doesNotContain(id);
        assertThat(acme.caller().get(CLIENTS + "/" + id).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<Buffer> create(String type, String redirectUri) {
        JsonObject wish = new JsonObject()
                .put("name", "Board")
                .put("type", type)
                .put("redirect_uris", JsonArray.of(redirectUri))
                .put("scopes", JsonArray.of("analytics:read"));
        return acme.caller().post(CLIENTS, wish.encode());
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("data").stream()
                .map(client -> ((JsonObject) client).getString("id"))
                .toList();
    }
}
