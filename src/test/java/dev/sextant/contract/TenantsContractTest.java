package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants from their operator's side. */
@Timeout(60)
@Covers({"createTenant", "listTenants", "getTenant", "updateTenant", "deleteTenant"})
class TenantsContractTest {

    private static final String TENANTS = "/api/v2/admin/tenants";
    private static final String NOBODY = TENANTS + "/ten_nobodyhere";

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void makesATenantAndTellsItAgain() {
        HttpResponse<Buffer> made = service.platform().post(TENANTS, "{\"name\": \"acme\", \"plan\": \"enterprise\"}");

        assertThat(made.statusCode()).isEqualTo(201);
        JsonObject tenant = made.bodyAsJsonObject();
        assertThat(tenant.getString("name")).isEqualTo("acme");
        assertThat(tenant.getString("plan")).isEqualTo("enterprise");
        assertThat(tenant.getString("status")).isEqualTo("active");
        assertThat(made.getHeader("etag")).isEqualTo("\"1\"");
        assertThat(made.getHeader("location")).isEqualTo(path(tenant));
        assertThat(service.platform().get(path(tenant)).bodyAsJsonObject()).isEqualTo(tenant);
    }

    @Test
    void givesTheStandardPlanUnlessTold() {
        assertThat(made("no plan").getString("plan")).isEqualTo("standard");
    }

    @Test
    void refusesANameThatIsTaken() {
        made("twice");

        assertProblem(service.platform().post(TENANTS, "{\"name\": \"twice\"}"), 409, "already_exists");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                    | /name missing_field",
                "{\"name\": 7}                         | /name type_mismatch",
                "{\"name\": \"\"}                      | /name wrong_length, /name wrong_format",
                "{\"name\": \"a\\u0000b\"}             | /name wrong_format",
                "{\"name\": \"a\", \"plan\": \"gold\"} | /plan not_allowed",
                "{\"name\": \"a\", \"id\": \"ten_a\"}  | /id unknown_field"
            })
    void refusesWhatIsNoTenant(String body, String error) {
        HttpResponse<Buffer> response = service.platform().post(TENANTS, body);

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).containsExactlyInAnyOrder(error.split(", ", -1));
    }

    @Test
    void takesSqlInANameForAName() {
        String name = "Robert'); DROP TABLE tenant;--";

        assertThat(made(name).getString("name")).isEqualTo(name);
    }

    @Test
    void listsAllInPagesThatTheirLinksJoin() {
        made("page 1");
        made("page 2");

        List<String> names = new ArrayList<>();
        String query = "?limit=1";
        while (query != null) {
            HttpResponse<Buffer> page = service.platform().get(TENANTS + query);
            JsonObject body = page.bodyAsJsonObject();
            assertThat(body.getJsonArray("data").size()).isEqualTo(1);
            names.add(body.getJsonArray("data").getJsonObject(0).getString("name"));
            assertThat(body.getBoolean("has_more")).isEqualTo(body.getString("next_cursor") != null);
            String link = page.getHeader("link");
            query = link == null ? null : link.substring(1, link.indexOf('>'));
        }

        assertThat(names).contains("platform", "page 1", "page 2").doesNotHaveDuplicates();
        assertThat(names.indexOf("page 1")).isLessThan(names.indexOf("page 2"));
    }

    @Test
    void findsATenantByItsName() {
        JsonObject tenant = made("the one");

        JsonObject page = service.platform().get(TENANTS + "?name=the%20one").bodyAsJsonObject();

        assertThat(page.getJsonArray("data")).isEqualTo(JsonArray.of(tenant));
        assertThat(page.getBoolean("has_more")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "AAAAAAAA", "ten_platform", "%27%20OR%201%3D1", "AAAAAGFiYw"})
    void refusesACursorThatWeDidNotGive(String cursor) {
        HttpResponse<Buffer> response = service.platform().get(TENANTS + "?cursor=" + cursor);

        assertProblem(response, 422, "invalid_cursor");
        assertThat(errors(response)).containsExactly("cursor invalid_cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=-1", "limit=1001", "limit=many", "offset=3"})
    void refusesAListThatTheContractDoesNotKnow(String query) {
        assertProblem(service.platform().get(TENANTS + "?" + query), 422, "invalid_request");
    }

    @Test
    void changesWhatIsNamedAndCountsTheVersion() {
        JsonObject tenant = made("before");

        HttpResponse<Buffer> changed = service.platform().patch(path(tenant), "{\"name\": \"after\"}");

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.getHeader("etag")).isEqualTo("\"2\"");
        assertThat(changed.bodyAsJsonObject())
                .isEqualTo(tenant.copy().put("name", "after").put("version", 2));
    }

    @Test
    void changesNothingWhereTheVersionIsAnother() {
        JsonObject tenant = made("contested");
        service.platform().patch(path(tenant), "{\"plan\": \"free\"}");

        assertProblem(changeIfMatch(tenant, "\"1\""), 412, "precondition_failed");
        assertProblem(changeIfMatch(tenant, "W/\"2\""), 412, "precondition_failed");
        assertThat(changeIfMatch(tenant, "\"2\"").statusCode()).isEqualTo(200);
        assertThat(changeIfMatch(tenant, "*").statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotChangeANameToOneThatIsTaken() {
        made("first");
        JsonObject second = made("second");

        assertProblem(service.platform().patch(path(second), "{\"name\": \"first\"}"), 409, "already_exists");
    }

    @Test
    void thereIsNoTenantWhereThereIsNone() {
        assertProblem(service.platform().get(NOBODY), 404, "not_found");
        assertProblem(service.platform().patch(NOBODY, "{\"plan\": \"free\"}"), 404, "not_found");
        assertProblem(service.platform().delete(NOBODY), 404, "not_found");
    }

    @Test
    void leavesThePlatformsOwnTenantAlone() {
        String platform = TENANTS + "/ten_platform";

        assertProblem(service.platform().patch(platform, "{\"status\": \"suspended\"}"), 403, "policy_denied");
        assertProblem(service.platform().delete(platform), 403, "policy_denied");
        assertProblem(service.platform().delete(platform + "?purge=now"), 403, "policy_denied");
    }

    @Test
    void refusesWhoeverIsNoOperator() {
        Customer customer = service.newCustomer();
        Caller caller = customer.caller();
        String own = TENANTS + "/" + customer.tenant();

        assertProblem(caller.get(TENANTS), 403, "insufficient_scope");
        assertProblem(caller.post(TENANTS, "{\"name\": \"mine\"}"), 403, "insufficient_scope");
        assertProblem(caller.get(own), 403, "insufficient_scope");
        assertProblem(caller.patch(own, "{\"plan\": \"enterprise\"}"), 403, "insufficient_scope");
        assertProblem(caller.delete(own), 403, "insufficient_scope");
    }

    @Test
    void aSuspendedTenantIsRefusedUntilItIsActiveAgain() {
        Customer customer = service.newCustomer();
        String path = TENANTS + "/" + customer.tenant();
        assertThat(customer.caller().get("/api/v2/api-keys").statusCode()).isEqualTo(200);

        service.platform().patch(path, "{\"status\": \"suspended\"}");
        awaitProblem(customer, 403, "tenant_suspended");

        service.platform().patch(path, "{\"status\": \"active\"}");
        await().atMost(Duration.ofSeconds(1))
                .until(() -> customer.caller().get("/api/v2/api-keys").statusCode() == 200);
    }

    @Test
    void deletingSuspendsAtOnceAndPurgesADayLater() {
        Customer customer = service.newCustomer();
        String path = TENANTS + "/" + customer.tenant();

        HttpResponse<Buffer> deleted = service.platform().delete(path);

        assertThat(deleted.statusCode()).isEqualTo(202);
        assertThat(deleted.bodyAsJsonObject().getString("status")).isEqualTo("suspended");
        awaitProblem(customer, 403, "tenant_suspended");
        assertThat(service.engine().hasDropped(customer.tenant())).isFalse();
        service.clock().advance(Duration.ofHours(25));
        await().atMost(Duration.ofSeconds(10)).until(() -> service.engine().hasDropped(customer.tenant()));
        assertProblem(service.platform().get(path), 404, "not_found");
        awaitProblem(customer, 401, "unauthenticated");
    }

    @Test
    void deletingTwiceKeepsTheFirstTimeOfPurge() {
        String path = path(made("deleted twice"));

        String first = service.platform().delete(path).bodyAsJsonObject().getString("purge_after");
        service.clock().advance(Duration.ofHours(1));

        assertThat(service.platform().delete(path).bodyAsJsonObject().getString("purge_after"))
                .isEqualTo(first);
    }

    @Test
    void activatingTakesADeletionBack() {
        Customer customer = service.newCustomer();
        String path = TENANTS + "/" + customer.tenant();
        service.platform().delete(path);

        HttpResponse<Buffer> active = service.platform().patch(path, "{\"status\": \"active\"}");

        assertThat(active.bodyAsJsonObject().getString("purge_after")).isNull();
        Customer witness = service.newCustomer();
        service.platform().delete(TENANTS + "/" + witness.tenant());
        service.clock().advance(Duration.ofHours(25));
        await().atMost(Duration.ofSeconds(10)).until(() -> service.engine().hasDropped(witness.tenant()));
        assertThat(service.engine().hasDropped(customer.tenant())).isFalse();
        assertThat(customer.caller().get("/api/v2/api-keys").statusCode()).isEqualTo(200);
    }

    @Test
    void purgesAtOnceWhereAsked() {
        Customer customer = service.newCustomer();
        String path = TENANTS + "/" + customer.tenant();

        assertThat(service.platform().delete(path + "?purge=now").statusCode()).isEqualTo(204);

        assertThat(service.engine().hasDropped(customer.tenant())).isTrue();
        assertProblem(service.platform().get(path), 404, "not_found");
        awaitProblem(customer, 401, "unauthenticated");
    }

    @Test
    void goesOnWithAPurgeThatTheEngineHadToLeave() {
        Customer customer = service.newCustomer();
        String path = TENANTS + "/" + customer.tenant();
        service.engine().refuseToDrop(true);

        assertProblem(service.platform().delete(path + "?purge=now"), 503, "unavailable");

        assertProblem(service.platform().get(path), 404, "not_found");
        service.engine().refuseToDrop(false);
        service.clock().advance(Duration.ofMinutes(2));
        await().atMost(Duration.ofSeconds(10)).until(() -> service.engine().hasDropped(customer.tenant()));
    }

    private static void awaitProblem(Customer customer, int status, String code) {
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(customer.caller().get("/api/v2/api-keys"), status, code));
    }

    private static HttpResponse<Buffer> changeIfMatch(JsonObject tenant, String etag) {
        return service.platform()
                .send(
                        service.platform().json(HttpMethod.PATCH, path(tenant)).putHeader("if-match", etag),
                        Buffer.buffer("{\"plan\": \"standard\"}"));
    }

    private static JsonObject made(String name) {
        HttpResponse<Buffer> made = service.platform()
                .post(TENANTS, new JsonObject().put("name", name).encode());
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        return made.bodyAsJsonObject();
    }

    private static String path(JsonObject tenant) {
        return TENANTS + "/" + tenant.getString("id");
    }
}
