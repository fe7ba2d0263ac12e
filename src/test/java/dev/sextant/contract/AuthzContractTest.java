package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles and policies as they are made, changed and told, and what somebody is told that they may do. */
@Timeout(120)
@Covers({
    "listRoles",
    "getRole",
    "putRole",
    "deleteRole",
    "listPolicies",
    "getPolicy",
    "putPolicy",
    "deletePolicy",
    "checkAccess",
    "explainAccess"
})
class AuthzContractTest {

    private static final String ROLES = "/api/v2/admin/roles";
    private static final String POLICIES = "/api/v2/admin/policies";
    private static final String CHECK = "/api/v2/authz/check";
    private static final String EXPLAIN = "/api/v2/authz/explain";
    private static final String READER =
            "{'scopes':['analytics:read'],'grants':[{'resources':['dataset/sales']," + "'actions':['read']}]}";
    private static final String NOTHING_FOR_OWNERS = "{'name':'Nothing','effect':'deny','roles':['owner'],"
            + "'resources':['*'],'actions':['read','write','delete','manage']}";
    private static final String GERMANY = "{'name':'Germany','effect':'allow','roles':['analyst'],"
            + "'resources':['dataset/sales'],'actions':['read'],'rows':{'field':'country','op':'eq','value':'DE'}}";

    private static Service service;

    private Customer acme;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @BeforeEach
    void newCustomer() {
        acme = service.newCustomer();
        Sales.create(acme, "sales");
    }

    @Test
    void anAdministratorBindsNoOwnerAndFreesNone() {
        String policy = POLICIES + "/pol_own";
        String analystsOnly = NOTHING_FOR_OWNERS.replace("owner", "analyst");
        Caller admin = wearing("admin");

        assertProblem(admin.put(policy, json(NOTHING_FOR_OWNERS)), 403, "insufficient_scope");
        assertProblem(
                admin.put(policy, json(NOTHING_FOR_OWNERS.replace("'owner'", "'analyst','owner'"))),
                403,
                "insufficient_scope");

        assertThat(wearing("owner").put(policy, json(NOTHING_FOR_OWNERS)).statusCode())
                .isEqualTo(201);
        assertProblem(admin.put(policy, json(analystsOnly)), 403, "insufficient_scope");
        assertProblem(admin.delete(policy), 403, "insufficient_scope");
        assertThat(admin.put(POLICIES + "/pol_other", json(analystsOnly)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void anOwnerTakesBackWhatKeepsAllFromOwners() {
        Caller owner = wearing("owner");
        acme.caller().put(POLICIES + "/pol_own", json(NOTHING_FOR_OWNERS));
        assertProblem(owner.get(Sales.DATASETS + "/sales"), 404, "not_found");

        assertThat(owner.put(POLICIES + "/pol_own", json(NOTHING_FOR_OWNERS.replace("'*'", "'dataset/other'")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(owner.get(Sales.DATASETS + "/sales").statusCode()).isEqualTo(200);
        assertThat(owner.delete(POLICIES + "/pol_own").statusCode()).isEqualTo(204);
        assertThat(names(POLICIES, "id")).isEmpty();
    }

    @Test
    void anOwnerFreesThemselvesAlsoOfWhatComesWithAnotherRole() {
        Caller both = wearing("owner+analyst");
        acme.caller().put(POLICIES + "/pol_one", json(NOTHING_FOR_OWNERS.replace("owner", "analyst")));

        assertProblem(wearing("admin+analyst").delete(POLICIES + "/pol_one"), 403, "policy_denied");
        assertThat(both.delete(POLICIES + "/pol_one").statusCode()).isEqualTo(204);
    }

    @Test
    void makesARoleAndTellsIt() {
        HttpResponse<Buffer> made = putRole("reader", READER);

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.getHeader("etag")).isEqualTo("\"1\"");
        JsonObject told = acme.caller().get(ROLES + "/reader").bodyAsJsonObject();
        assertThat(told.getJsonArray("scopes")).isEqualTo(JsonArray.of("analytics:read"));
        assertThat(told.getBoolean("built_in")).isFalse();
        assertThat(names(ROLES, "name")).containsExactly("owner", "admin", "analyst", "viewer", "ingester", "reader");
    }

    @Test
    void changesARoleOnlyAtTheVersionThatWasSeen() {
        putRole("reader", READER);

        HttpResponse<Buffer> changed = put(ROLES + "/reader", READER, "If-Match", "\"1\"");

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.getHeader("etag")).isEqualTo("\"2\"");
        assertProblem(put(ROLES + "/reader", READER, "If-Match", "\"1\""), 412, "precondition_failed");
        assertProblem(put(ROLES + "/reader", READER, "If-None-Match", "*"), 412, "precondition_failed");
        assertProblem(put(ROLES + "/other", READER, "If-Match", "\"1\""), 412, "precondition_failed");
        assertThat(put(ROLES + "/other", READER, "If-None-Match", "*").statusCode())
                .isEqualTo(201);
    }

    @Test
    void deletesARoleAndItGivesNothingAnyMore() {
        putRole("reader", READER);
        Caller reader = wearing("reader");
        assertThat(reader.get("/api/v2/saved-queries").statusCode()).isEqualTo(200);

        assertThat(acme.caller().delete(ROLES + "/reader").statusCode()).isEqualTo(204);

        assertProblem(reader.get("/api/v2/saved-queries"), 403, "insufficient_scope");
        assertProblem(acme.caller().get(ROLES + "/reader"), 404, "not_found");
        assertProblem(acme.caller().delete(ROLES + "/reader"), 404, "not_found");
    }

    @Test
    void leavesTheBuiltInRolesAsTheyAre() {
        assertProblem(putRole("owner", READER), 403, "policy_denied");
        assertProblem(acme.caller().delete(ROLES + "/viewer"), 403, "policy_denied");
        assertThat(acme.caller().get(ROLES + "/viewer").bodyAsJsonObject().getBoolean("built_in"))
                .isTrue();
    }

    @Test
    void givesNoRoleMoreThanTheCallerHas() {
        String eraser = "{'scopes':['events:delete'],'grants':[]}";
        Caller admin = wearing("admin");

        assertProblem(admin.put(ROLES + "/eraser", json(eraser)), 403, "insufficient_scope");
        assertProblem(putRole("mighty", "{'scopes':['platform:cross_tenant'],'grants':[]}"), 403, "insufficient_scope");
        assertThat(admin.put(ROLES + "/reader", json(READER)).statusCode()).isEqualTo(201);
    }

    @Test
    void whoeverIsKeptFromSomethingChangesNoRules() {
        putPolicy("pol_eu", GERMANY.replace("analyst", "admin").replace("'allow'", "'deny'"));
        Caller admin = wearing("admin");

        assertProblem(admin.delete(POLICIES + "/pol_eu"), 403, "policy_denied");
        assertProblem(admin.put(POLICIES + "/pol_eu", json(GERMANY)), 403, "policy_denied");
        assertProblem(admin.put(ROLES + "/reader", json(READER)), 403, "policy_denied");
        assertThat(admin.get(POLICIES + "/pol_eu").statusCode()).isEqualTo(200);
    }

    @Test
    void makesAPolicyAndTellsItWithoutItsSalt() {
        HttpResponse<Buffer> made = putPolicy("pol_eu", GERMANY);

        assertThat(made.statusCode()).isEqualTo(201);
        JsonObject told = acme.caller().get(POLICIES + "/pol_eu").bodyAsJsonObject();
        assertThat(told.getJsonObject("rows").getString("value")).isEqualTo("DE");
        assertThat(told.containsKey("columns")).isFalse();
        assertThat(told.encode()).doesNotContain("salt");
        assertThat(names(POLICIES, "id")).containsExactly("pol_eu");
        assertThat(put(POLICIES + "/pol_eu", GERMANY, "If-Match", "\"1\"").getHeader("etag"))
                .isEqualTo("\"2\"");
        assertProblem(put(POLICIES + "/pol_eu", GERMANY, "If-Match", "\"1\""), 412, "precondition_failed");
        assertThat(acme.caller().delete(POLICIES + "/pol_eu").statusCode()).isEqualTo(204);
        assertProblem(acme.caller().get(POLICIES + "/pol_eu"), 404, "not_found");
        assertProblem(acme.caller().delete(POLICIES + "/pol_eu"), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'rows':{'field':'contry','op':'eq','value':'DE'}             | /rows/field unknown_field",
                "'rows':{'field':'amount','op':'eq','value':'much'}           | /rows/value type_mismatch",
                "'columns':{'hide':['contry']}                                | /columns/hide/0 unknown_field",
                "'columns':{'hide':['time']}                                  | /columns/hide/0 invalid_query",
                "'columns':{'hide':['event_id']}                              | /columns/hide/0 invalid_query",
                "'columns':{'hide':['properties.a.b']}                        | /columns/hide/0 invalid_query",
                "'columns':{'mask':[{'field':'amount','with':'hash'}]}        | /columns/mask/0/with invalid_query",
                "'columns':{'mask':[{'field':'extra.a','with':'redact'}]}     | /columns/mask/0/with invalid_query",
                "'measures':{'deny':['turnovr']}                              | /measures/deny/0 unknown_field",
                "'roles':['nobody']                                           | /roles/0 invalid_query",
                "'resources':['saved_query/*'],'rows':{'segment':'gifts'}     | /resources/0 invalid_query"
            })
    void refusesAPolicyThatDoesNotFit(String change, String error) {
        JsonObject policy = new JsonObject(json(GERMANY));
        policy.remove("rows");
        policy.mergeIn(new JsonObject(json("{" + change + "}")));

        HttpResponse<Buffer> response = acme.caller().put(POLICIES + "/pol_x", policy.encode());

        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(422);
        assertThat(errors(response)).containsExactly(error);
        assertProblem(acme.caller().get(POLICIES + "/pol_x"), 404, "not_found");
    }

    @Test
    void refusesWhatIsNoPolicyAtAll() {
        assertProblem(putPolicy("pol_x", "{'name':'a'}"), 422, "invalid_request");
        assertProblem(putPolicy("pol_x", GERMANY.replace("dataset/sales", "no pattern")), 422, "invalid_request");
        assertProblem(putPolicy("pol_x", GERMANY.replace("'read'", "'peek'")), 422, "invalid_request");
        assertProblem(acme.caller().put(POLICIES + "/mine", json(GERMANY)), 422, "invalid_request");
    }

    @Test
    void refusesRulesThatAreTooLongToBeCarried() {
        String countries =
                IntStream.range(0, 2000).mapToObj("'country %06d'"::formatted).collect(Collectors.joining(","));
        String large = GERMANY.replace("'op':'eq','value':'DE'", "'op':'in','value':[" + countries + "]");

        assertProblem(putPolicy("pol_large", large), 422, "limit_exceeded");
        assertProblem(acme.caller().get(POLICIES + "/pol_large"), 404, "not_found");
    }

    @Test
    void saysWhatTheCallerMayDo() {
        assertThat(check(acme.caller(), "read", "dataset/sales").getBoolean("allowed"))
                .isTrue();
        assertThat(check(wearing("viewer"), "write", "dataset/sales").getBoolean("allowed"))
                .isFalse();
        JsonObject many = wearing("analyst")
                .post(
                        CHECK,
                        json(
                                "{'checks':[{'action':'read','resource':'dataset/sales'},"
                                        + "{'action':'write','resource':'saved_query/sqy_1'},{'action':'manage','resource':'dataset/a'}]}"))
                .bodyAsJsonObject();
        assertThat(many.getJsonArray("results")).isEqualTo(JsonArray.of(true, true, false));
        assertThat(many.getBoolean("allowed")).isFalse();
    }

    @Test
    void saysWhatARoleMayDoToThoseOnlyWhoMayReadRoles() {
        String ask = json("{'action':'write','resource':'dataset/sales','principal':{'roles':['ingester']}}");

        assertThat(acme.caller().post(CHECK, ask).bodyAsJsonObject().getBoolean("allowed"))
                .isTrue();
        assertProblem(wearing("viewer").post(CHECK, ask), 403, "insufficient_scope");
        assertProblem(wearing("viewer").post(EXPLAIN, ask), 403, "insufficient_scope");
        assertProblem(acme.caller().post(CHECK, "{}"), 422, "invalid_query");
    }

    @Test
    void namesTheRuleThatDecides() {
        putPolicy("pol_eu", GERMANY);
        putPolicy(
                "pol_no",
                "{'name':'n','effect':'deny','roles':['analyst'],'resources':['dataset/sa*'],'actions':['write']}");
        putPolicy(
                "pol_cut",
                GERMANY.replace("'allow'", "'deny'")
                        .replace(
                                "'rows':{'field':'country','op':'eq','value':'DE'}",
                                "'columns':{'hide':['city'],'mask':[{'field':'user','with':'hash'}]},'measures':{'deny':['turnover']}"));

        JsonObject read = explain(acme.caller(), "read", ",'principal':{'roles':['analyst']}");
        JsonObject write = explain(acme.caller(), "write", ",'principal':{'roles':['analyst']}");

        assertThat(read.getBoolean("allowed")).isTrue();
        assertThat(read.getString("decided_by")).isEqualTo("role/analyst");
        assertThat(read.getJsonArray("considered").encode())
                .isEqualTo(json("[{'rule':'role/analyst','effect':'allows'},{'rule':'policy/pol_eu','effect':'allows'},"
                        + "{'rule':'policy/pol_eu','effect':'shows_rows'},{'rule':'policy/pol_cut','effect':'hides_columns'},"
                        + "{'rule':'policy/pol_cut','effect':'denies_measures'}]"));
        assertThat(read.getJsonObject("data").encode())
                .isEqualTo(json("{'rows':'some','hidden':['city'],'masked':[{'field':'user','with':'hash'}],"
                        + "'denied_measures':['turnover']}"));
        assertThat(write.getBoolean("allowed")).isFalse();
        assertThat(write.getString("decided_by")).isEqualTo("policy/pol_no");
        assertThat(explain(acme.caller(), "read", "").getString("decided_by")).isEqualTo("credential");
    }

    @Test
    void whoMayNotReadRolesIsNotToldWhatIsKeptBack() {
        putPolicy(
                "pol_cut",
                GERMANY.replace("'rows':{'field':'country','op':'eq','value':'DE'}", "'columns':{'hide':['city']}"));

        JsonObject own = explain(wearing("analyst"), "read", "");

        assertThat(own.getBoolean("allowed")).isTrue();
        assertThat(own.encode()).doesNotContain("city");
    }

    @Test
    void anotherTenantSeesAndChangesNothing() {
        Customer bolt = service.newCustomer();
        putRole("reader", READER);
        putPolicy("pol_eu", GERMANY);

        assertProblem(bolt.caller().get(ROLES + "/reader"), 404, "not_found");
        assertProblem(bolt.caller().get(POLICIES + "/pol_eu"), 404, "not_found");
        assertProblem(bolt.caller().delete(POLICIES + "/pol_eu"), 404, "not_found");
        assertProblem(bolt.caller().delete(ROLES + "/reader"), 404, "not_found");
        assertThat(bolt.caller()
                        .put(ROLES + "/reader", json("{'scopes':[],'grants':[]}"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(acme.caller().get(ROLES + "/reader").bodyAsJsonObject().getInteger("version"))
                .isEqualTo(1);
        assertThat(check(service.platform().as(bolt.key() + "+reader"), "read", "dataset/sales")
                        .getBoolean("allowed"))
                .isFalse();
        assertProblem(bolt.caller().get(ROLES + "?tenant_id=" + acme.tenant()), 403, "tenant_mismatch");
    }

    @Test
    void asksForTheScopes() {
        for (String path : List.of(ROLES, POLICIES, ROLES + "/owner")) {
            assertProblem(wearing("viewer").get(path), 403, "insufficient_scope");
        }
        assertProblem(wearing("viewer").put(ROLES + "/reader", json(READER)), 403, "insufficient_scope");
        assertProblem(
                service.anonymous().post(CHECK, json("{'action':'read','resource':'dataset/a'}")),
                401,
                "unauthenticated");
    }

    private Caller wearing(String role) {
        return service.platform().as(acme.key() + "+" + role);
    }

    private HttpResponse<Buffer> putRole(String name, String text) {
        return acme.caller().put(ROLES + "/" + name, json(text));
    }

    private HttpResponse<Buffer> putPolicy(String id, String text) {
        return acme.caller().put(POLICIES + "/" + id, json(text));
    }

    private HttpResponse<Buffer> put(String path, String text, String header, String value) {
        return acme.caller()
                .send(acme.caller().json(HttpMethod.PUT, path).putHeader(header, value), Buffer.buffer(json(text)));
    }

    private static JsonObject check(Caller caller, String action, String resource) {
        return caller.post(CHECK, json("{'action':'%s','resource':'%s'}".formatted(action, resource)))
                .bodyAsJsonObject();
    }

    private static JsonObject explain(Caller caller, String action, String more) {
        return caller.post(EXPLAIN, json("{'action':'%s','resource':'dataset/sales'%s}".formatted(action, more)))
                .bodyAsJsonObject();
    }

    private List<String> names(String path, String member) {
        return acme.caller().get(path).bodyAsJsonObject().getJsonArray("data").stream()
                .map(one -> ((JsonObject) one).getString(member))
                .toList();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
