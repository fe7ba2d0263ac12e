package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who shows a credential in a body or a cookie is on record like everybody else: once, in the log of their tenant. */
@Timeout(90)
class ProvenCallersContractTest {

    private static final String EMAIL = "ada@example.com";

    private static Service service;
    private static Customer acme;
    private static String userId;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        userId = People.create(acme, EMAIL, "viewer");
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void aTokenOfAKeyIsOnRecordAsTheKeys() {
        HttpResponse<Buffer> answer = Tokens.ask(service.anonymous(), acme.keyId(), acme.key());

        assertRecord(answer, "issueToken", acme.keyId(), "api-keys/" + acme.keyId());
    }

    @Test
    void allStepsOfASignInAreOnRecordAsTheUsers() {
        Relying board = Relying.register(service, acme, "public", "datasets:read");
        String client = "oauth/clients/" + board.clientId();
        Browser browser = new Browser(service);

        HttpResponse<Buffer> signedIn =
                browser.submit(browser.get(board.address()), Map.of("email", EMAIL, "password", People.PASSWORD));
        HttpResponse<Buffer> asked = browser.get(signedIn.getHeader("location"));
        HttpResponse<Buffer> decided = browser.submit(asked, Map.of("decision", "allow"));
        HttpResponse<Buffer> redeemed =
                board.redeem(Objects.requireNonNull(Relying.answer(decided).get("code")));
        HttpResponse<Buffer> refreshed =
                board.refresh(redeemed.bodyAsJsonObject().getString("refresh_token"));
        HttpResponse<Buffer> revoked = board.revoke(refreshed.bodyAsJsonObject().getString("refresh_token"));

        assertRecord(signedIn, "signIn", userId, "users/" + userId);
        assertRecord(asked, "authorize", userId, client);
        assertRecord(decided, "consent", userId, client);
        assertRecord(redeemed, "issueToken", userId, client);
        assertRecord(refreshed, "issueToken", userId, client);
        assertRecord(revoked, "revokeToken", userId, client);
    }

    @Test
    void aClientThatProvesItselfIsOnRecord() {
        Relying server = Relying.register(service, acme, "confidential", "datasets:read");

        HttpResponse<Buffer> introspected = server.introspect("nothing");

        assertRecord(introspected, "introspectToken", server.clientId(), "oauth/introspect");
    }

    @Test
    void whoAcceptsAnInvitationIsOnRecord() {
        JsonObject invitation = acme.caller()
                .post("/api/v2/users/invitations", "{\"email\": \"bea@example.com\", \"roles\": [\"viewer\"]}")
                .bodyAsJsonObject();

        HttpResponse<Buffer> accepted = service.anonymous()
                .post(
                        "/api/v2/users/invitations/accept",
                        new JsonObject()
                                .put("token", invitation.getString("token"))
                                .put("name", "Bea")
                                .put("password", People.PASSWORD)
                                .encode());

        String id = accepted.bodyAsJsonObject().getString("id");
        assertRecord(accepted, "acceptInvitation", id, "users/" + id);
    }

    @Test
    void aLeakReportThatEndsAKeyIsOnRecordInTheLogOfItsTenant() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("datasets:read"));
        String report = new JsonObject().put("key", key.getString("key")).encode();

        HttpResponse<Buffer> reported = service.anonymous().post("/api/v2/api-keys/leak-report", report);

        assertThat(reported.bodyAsString()).isEqualTo("{\"status\":\"received\"}");
        assertRecord(reported, "reportLeak", key.getString("id"), "api-keys/" + key.getString("id"));
    }

    private static void assertRecord(HttpResponse<Buffer> answer, String operation, String actor, String resource) {
        JsonObject record = AuditContractTest.recordOf(acme, answer);
        assertThat(record.getString("operation")).isEqualTo(operation);
        assertThat(record.getString("actor")).isEqualTo(actor);
        assertThat(record.getString("resource")).isEqualTo(resource);
        assertThat(record.getInteger("status")).isEqualTo(answer.statusCode());
        assertThat(record.getString("kind")).isEqualTo("call");
    }
}
