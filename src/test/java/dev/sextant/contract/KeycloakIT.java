package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.Configs;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signing in through a real Keycloak, in a real browser. */
@Tag("keycloak")
@Timeout(240)
class KeycloakIT {

    private static Service service;
    private static Customer acme;
    private static RelyingServer server;
    private static Relying board;
    private static Keycloak keycloak;
    private static Chromium chromium;

    @BeforeAll
    static void startAll() {
        service = new Service(
                Bus.Wire.WHERE_NEEDED,
                TestServers.freshPostgres(),
                Configs.with(Map.of("identity.providers.allow_loopback", "true")));
        acme = service.newCustomer();
        server = new RelyingServer(service.vertx());
        board = server.register(service, acme);
        keycloak = new Keycloak(service.vertx(), service.url() + "/oauth/callback");
        chromium = new Chromium();
    }

    @AfterAll
    static void stopAll() {
        chromium.close();
        keycloak.close();
        server.close();
        service.close();
    }

    @Test
    void whomKeycloakKnowsComesInWithTheRolesItSays() {
        declare(keycloak.issuer());
        Page page = chromium.open();

        page.navigate(service.url() + board.address());
        page.getByText("Sign in with Keycloak").click();
        page.locator("#username").fill(Keycloak.USER);
        page.locator("#password").fill(Keycloak.PASSWORD);
        page.locator("#kc-login").click();
        assertThat(page.getByRole(AriaRole.HEADING).innerText()).isEqualTo("Let Board act for you?");
        page.getByText("Allow", new Page.GetByTextOptions().setExact(true)).click();
        page.waitForURL(url -> url.startsWith(server.callback()));

        String token = Relying.access(
                board.redeem(Objects.requireNonNull(RelyingServer.answer(page).get("code"))));
        assertThat(service.platform().as(token).get(Sales.DATASETS).statusCode())
                .isEqualTo(200);
        JsonObject user = acme.caller()
                .get(People.USERS + "?email=ada@example.com")
                .bodyAsJsonObject()
                .getJsonArray("data")
                .getJsonObject(0);
        assertThat(user.getString("name")).isEqualTo("Ada Lovelace");
        assertThat(user.getString("provider")).isEqualTo(keycloak.issuer());
        assertThat(user.getJsonArray("roles")).isEqualTo(JsonArray.of("analyst"));
    }

    @Test
    void aRealmThatThereIsNotIsNoProvider() {
        HttpResponse<Buffer> response = put(keycloak.issuer() + "2");

        assertThat(response.statusCode()).isEqualTo(422);
    }

    private static void declare(String issuer) {
        HttpResponse<Buffer> response = put(issuer);
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
    }

    private static HttpResponse<Buffer> put(String issuer) {
        JsonObject wish = new JsonObject()
                .put("name", "Keycloak")
                .put("issuer", issuer)
                .put("client_id", "sextant")
                .put("client_secret", Keycloak.CLIENT_SECRET)
                .put("role_mapping", new JsonObject().put("analysts", "analyst"))
                .put("allowed_domains", JsonArray.of("example.com"));
        return acme.caller()
                .send(acme.caller().json(HttpMethod.PUT, "/api/v2/identity-providers/keycloak"), wish.toBuffer());
    }
}
