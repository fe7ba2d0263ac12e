package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.Configs;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom a provider's word makes somebody's, and from whom it takes something: from nobody who was somebody before. */
@Timeout(90)
class ProviderTakeoversContractTest {

    private static final String PROVIDERS = "/api/v2/identity-providers";

    private static Service service;
    private static FakeProvider provider;
    private Customer acme;
    private Relying board;

    @BeforeAll
    static void startService() {
        service = new Service(
                Bus.Wire.ALWAYS,
                TestServers.freshPostgres(),
                Configs.with(Map.of("identity.providers.allow_loopback", "true")));
        provider = new FakeProvider(service.vertx());
    }

    @AfterAll
    static void stopService() {
        provider.close();
        service.close();
    }

    @BeforeEach
    void aTenant() {
        acme = service.newCustomer();
        board = Relying.register(service, acme, "public", "analytics:read");
    }

    /** A provider that vouches for any address must not take over who was here before. */
    @Test
    void aUserWhoWasHereBeforeIsTakenOverOnlyWhereTheDomainIsTheProviders() {
        String id = withoutPassword("viewer");
        put(acme, "corporate", wish());
        assertThat(signIn(new Browser(service)).statusCode()).isEqualTo(403);

        put(acme, "corporate", wish().put("allowed_domains", JsonArray.of("example.com")));

        assertThat(signIn(new Browser(service)).statusCode()).isEqualTo(303);
        assertThat(userOf("ada@example.com").getString("id")).isEqualTo(id);
    }

    /** Else whoever may declare a provider could be anybody here, or take from anybody what they are. */
    @Test
    void nobodyIsTakenOverWhoCouldSignInOrIsMore() {
        put(acme, "corporate", wish().put("allowed_domains", JsonArray.of("example.com")));
        String owner = People.create(acme, "ada@example.com", "owner");
        JsonObject before = acme.caller().get(People.USERS + "/" + owner).bodyAsJsonObject();

        assertThat(signIn(new Browser(service)).statusCode()).isEqualTo(403);
        assertThat(acme.caller().get(People.USERS + "/" + owner).bodyAsJsonObject())
                .isEqualTo(before);
        acme.caller().delete(People.USERS + "/" + owner);
        String analyst = withoutPassword("analyst");
        assertThat(signIn(new Browser(service)).statusCode()).isEqualTo(403);
        assertThat(acme.caller()
                        .get(People.USERS + "/" + analyst)
                        .bodyAsJsonObject()
                        .getString("provider"))
                .isNull();
    }

    private String withoutPassword(String role) {
        return acme.caller()
                .post(
                        People.USERS,
                        "{\"email\": \"ada@example.com\", \"name\": \"ada\", \"roles\": [\"%s\"]}".formatted(role))
                .bodyAsJsonObject()
                .getString("id");
    }

    @Test
    void anOwnerStaysWhatTheyAre() {
        put(acme, "corporate", wish());
        signIn(new Browser(service));
        String path = People.USERS + "/" + userOf("ada@example.com").getString("id");
        acme.caller().patch(path, "{\"roles\": [\"owner\"], \"name\": \"The Countess\"}");

        assertThat(signIn(new Browser(service)).statusCode()).isEqualTo(303);

        JsonObject user = userOf("ada@example.com");
        assertThat(user.getJsonArray("roles")).isEqualTo(JsonArray.of("owner"));
        assertThat(user.getString("name")).isEqualTo("The Countess");
    }

    /** Else whoever comes by it would have fewer roles when they come next. */
    @Test
    void nobodyChangesAProviderThatGivesMoreThanTheyMay() {
        put(acme, "corporate", wish());
        JsonObject key = Service.newKey(
                acme.caller(), acme.tenant(), List.of("sign_in:write", "analytics:read", "datasets:read"));
        Customer weak = new Customer(
                acme.tenant(),
                key.getString("id"),
                key.getString("key"),
                service.platform().as(key.getString("key")));
        JsonObject less = wish().put("role_mapping", new JsonObject());

        assertProblem(put(weak, "corporate", less), 403, "insufficient_scope");
        assertProblem(put(weak, "another", less), 403, "insufficient_scope");
        assertProblem(weak.caller().delete(PROVIDERS + "/corporate"), 403, "insufficient_scope");
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
