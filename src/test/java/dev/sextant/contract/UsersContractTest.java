package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import io.vertx.core.buffer.Buffer;
import dev.sextant.bus.Bus;
import org.junit.jupiter.params.provider.CsvSource;
import java.time.Duration;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.ValueSource;

/** Users from the side of whoever runs a tenant, and invitations from that of those who are invited. */
@Timeout(60)
@Covers({"createUser", "listUsers", "getUser", "updateUser", "deleteUser", "inviteUser", "acceptInvitation"})
class UsersContractTest {

    private static final String USERS = People.USERS;
    private static final String INVITATIONS = USERS + "/invitations";

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
    void makesAUserAndShowsNoPassword() {
        HttpResponse<Buffer> made = acme.caller().post(USERS, """
                {"email": "Ada@Example.com", "name": "Ada", "roles": ["viewer"], "password": "a very long secret"}""");

        assertThat(made.statusCode()).isEqualTo(201);
        JsonObject user = made.bodyAsJsonObject();
        assertThat(user.getString("email")).isEqualTo("ada@example.com");
        assertThat(user.getBoolean("has_password")).isTrue();
        assertThat(made.getHeader("location")).isEqualTo(USERS + "/" + user.getString("id"));
        HttpResponse<Buffer> told = acme.caller().get(USERS + "/" + user.getString("id"));
        assertThat(told.bodyAsJsonObject()).isEqualTo(user);
        assertThat(told.getHeader("etag")).isEqualTo("\"1\"");
        assertThat(told.bodyAsString()).doesNotContain("secret", "argon2");
    }

    @Test
    void listsUsersInPagesAndFindsOneByAddress() {
        Customer customer = service.newCustomer();
        String first = People.create(customer, "a@example.com", "viewer");
        String second = People.create(customer, "b@example.com", "viewer");

        JsonObject page = customer.caller().get(USERS + "?limit=1").bodyAsJsonObject();
        JsonObject rest = customer.caller()
                .get(USERS + "?limit=1&cursor=" + page.getString("next_cursor"))
                .bodyAsJsonObject();
        JsonObject found = customer.caller().get(USERS + "?email=B@example.com").bodyAsJsonObject();

        assertThat(ids(page)).containsExactly(first);
        assertThat(ids(rest)).containsExactly(second);
        assertThat(ids(found)).containsExactly(second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                            | /email missing_field, /name missing_field, /roles missing_field",
                "{\"email\": \"nobody\", \"name\": \"a\", \"roles\": [\"viewer\"]}   | /email wrong_format",
                "{\"email\": \"a@b\", \"name\": \"a\", \"roles\": []}              | /roles wrong_length",
                "{\"email\": \"a@b\", \"name\": \"a\", \"roles\": [\"boss\"]}        | /roles/0 not_allowed",
                "{\"email\": \"a@b\", \"name\": \"a\", \"roles\": [\"viewer\"], \"password\": \"short\"} | /password wrong_length"
            })
    void refusesWhatIsNoUser(String body, String error) {
        HttpResponse<Buffer> response = acme.caller().post(USERS, body);

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).containsExactlyInAnyOrder(error.split(", ", -1));
    }

    @Test
    void refusesAnAddressThatIsTaken() {
        People.create(acme, "taken@example.com", "viewer");

        HttpResponse<Buffer> again = acme.caller()
                .post(USERS, "{\"email\": \"TAKEN@example.com\", \"name\": \"b\", \"roles\": [\"viewer\"]}");

        assertProblem(again, 409, "already_exists");
    }

    @Test
    void givesNoRoleThatMayDoMoreThanTheCaller() {
        JsonObject weak =
                Service.newKey(acme.caller(), acme.tenant(), List.of("users:write", "analytics:read", "datasets:read"));
        Caller caller = service.platform().as(weak.getString("key"));
        String owner = People.create(acme, "owner@example.com", "owner");

        assertProblem(
                caller.post(USERS, "{\"email\": \"x@example.com\", \"name\": \"x\", \"roles\": [\"owner\"]}"),
                403,
                "insufficient_scope");
        assertProblem(
                caller.post(INVITATIONS, "{\"email\": \"x@example.com\", \"roles\": [\"admin\"]}"),
                403,
                "insufficient_scope");
        assertProblem(
                caller.patch(USERS + "/" + owner, "{\"password\": \"now it is mine to use\"}"),
                403,
                "insufficient_scope");
        assertProblem(caller.delete(USERS + "/" + owner), 403, "insufficient_scope");
        assertThat(caller.post(USERS, "{\"email\": \"v@example.com\", \"name\": \"v\", \"roles\": [\"viewer\"]}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void changesAUserUnlessSomebodyElseDidMeanwhile() {
        String path = USERS + "/" + People.create(acme, "change@example.com", "viewer");

        HttpResponse<Buffer> changed = acme.caller().patch(path, "{\"name\": \"Countess\", \"roles\": [\"admin\"]}");
        HttpResponse<Buffer> late = acme.caller()
                .send(
                        acme.caller().json(HttpMethod.PATCH, path).putHeader("if-match", "\"1\""),
                        Buffer.buffer("{\"name\": \"late\"}"));

        assertThat(changed.bodyAsJsonObject().getString("name")).isEqualTo("Countess");
        assertThat(changed.getHeader("etag")).isEqualTo("\"2\"");
        assertProblem(late, 412, "precondition_failed");
    }

    @Test
    void deletesAUserForGood() {
        String path = USERS + "/" + People.create(acme, "gone@example.com", "viewer");

        assertThat(acme.caller().delete(path).statusCode()).isEqualTo(204);

        assertProblem(acme.caller().get(path), 404, "not_found");
        assertProblem(acme.caller().delete(path), 404, "not_found");
        assertProblem(acme.caller().patch(path, "{\"name\": \"a\"}"), 404, "not_found");
    }

    @Test
    void anInvitationMakesItsHolderAUserOnce() {
        JsonObject invitation = invite("grace@example.com").bodyAsJsonObject();

        HttpResponse<Buffer> accepted = accept(invitation.getString("token"));

        assertThat(accepted.statusCode()).isEqualTo(201);
        assertThat(accepted.bodyAsJsonObject().getString("email")).isEqualTo("grace@example.com");
        assertThat(accepted.bodyAsJsonObject().getJsonArray("roles")).isEqualTo(JsonArray.of("viewer"));
        assertProblem(accept(invitation.getString("token")), 401, "unauthenticated");
        assertProblem(invite("grace@example.com"), 409, "already_exists");
    }

    @Test
    void anInvitationEndsAfterItsTime() {
        JsonObject invitation = invite("late@example.com").bodyAsJsonObject();

        service.clock().advance(Duration.ofDays(7));

        assertProblem(accept(invitation.getString("token")), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "inv_",
                "inv_x.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "ort_x.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void refusesWhatIsNoInvitation(String token) {
        assertProblem(accept(token), 401, "unauthenticated");
    }

    /** A token names its tenant: with another's name in it, it is none. */
    @Test
    void anInvitationIsNoneOfAnotherTenant() {
        String token = invite("moved@example.com").bodyAsJsonObject().getString("token");
        String moved = token.replace(acme.tenant().substring(4), bolt.tenant().substring(4));

        assertProblem(accept(moved), 401, "unauthenticated");
    }

    @Test
    void anotherTenantSeesNothing() {
        String id = People.create(acme, "ours@example.com", "viewer");
        String path = USERS + "/" + id;

        assertProblem(bolt.caller().get(path), 404, "not_found");
        assertProblem(bolt.caller().patch(path, "{\"name\": \"mine\"}"), 404, "not_found");
        assertProblem(bolt.caller().delete(path), 404, "not_found");
        assertThat(ids(bolt.caller().get(USERS).bodyAsJsonObject())).doesNotContain(id);
        assertThat(ids(bolt.caller().get(USERS + "?email=ours@example.com").bodyAsJsonObject()))
                .isEmpty();
        // The same address may be used by both.
        assertThat(People.create(bolt, "ours@example.com", "viewer")).isNotEqualTo(id);
    }

    @Test
    void refusesTheCallWithoutTheScope() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("users:read"));
        Caller reader = service.platform().as(key.getString("key"));

        assertThat(reader.get(USERS).statusCode()).isEqualTo(200);
        assertProblem(
                reader.post(USERS, "{\"email\": \"x@example.com\", \"name\": \"x\", \"roles\": [\"viewer\"]}"),
                403,
                "insufficient_scope");
    }

    private static HttpResponse<Buffer> invite(String email) {
        return acme.caller()
                .post(INVITATIONS, "{\"email\": \"%s\", \"roles\": [\"viewer\"]}".formatted(email));
    }

    private static HttpResponse<Buffer> accept(String token) {
        JsonObject body =
                new JsonObject().put("token", token).put("name", "Grace").put("password", People.PASSWORD);
        return service.anonymous().post(INVITATIONS + "/accept", body.encode());
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("data").stream()
                .map(user -> ((JsonObject) user).getString("id"))
                .toList();
    }
}
