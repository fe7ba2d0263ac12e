package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** One tenant at every operation of the contract, with all that it could know of another: it gets nothing, and changes nothing. */
@Timeout(120)
class CrossTenantContractTest {

    /** Stands in all that the other tenant has. */
    private static final String MARK = "othersecret";

    /** An operation of the contract that asks for a credential. */
    private record Promised(String path, HttpMethod method, Operation operation) {

        boolean takes(String parameter, String in) {
            return parameters()
                    .anyMatch(one ->
                            one.getName().equals(parameter) && one.getIn().equals(in));
        }

        /** Such as {@code field=channel}, as the contract's examples have it. */
        Stream<String> required() {
            return parameters()
                    .filter(one -> one.getIn().equals("query") && Boolean.TRUE.equals(one.getRequired()))
                    .map(one -> one.getName() + "=" + one.getExample());
        }

        Stream<io.swagger.v3.oas.models.parameters.Parameter> parameters() {
            return operation.getParameters() == null ? Stream.empty() : operation.getParameters().stream();
        }
    }

    private static final List<Promised> OPERATIONS = operations();

    private static Service service;
    private static Customer curious;
    private static Customer other;

    /** Of the other tenant. */
    private static JsonObject operation;

    /** Of the other tenant. */
    private static String savedQueryId;

    /** Of the other tenant. */
    private static String userId;

    /** Of the other tenant. */
    private static String clientId;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        curious = service.newCustomer();
        other = service.newCustomer();
        Sales.fill(curious);
        other.caller().post(Sales.DATASETS, """
                {"name": "%s", "description": "%s", "default": true, "model": {
                  "entity": "user", "dimensions": [{"name": "%s", "type": "string"}]}}""".formatted(MARK, MARK, MARK));
        Sales.create(other, "sales");
        Sales.send(
                other,
                Sales.DATASETS + "/" + MARK + "/events",
                "[{\"%s\": \"%s\", \"user\": \"%s\"}]".formatted(MARK, MARK, MARK));
        Sales.send(other, Sales.EVENTS_PATH, "[{\"country\": \"%s\", \"amount\": 770077007700}]".formatted(MARK));
        operation = operationOfTheOther();
        savedQueryId = savedQueryOfTheOther();
        userId = People.create(other, MARK + "@example.com", "viewer");
        clientId = Relying.register(service, other, "public", "analytics:read").clientId();
        other.caller().put("/api/v2/admin/roles/" + MARK, "{\"scopes\": [], \"grants\": []}");
        other.caller().put("/api/v2/admin/policies/pol_" + MARK, POLICY_OF_THE_OTHER);
    }

    private static final String POLICY_OF_THE_OTHER = """
            {"name": "%s", "effect": "allow", "roles": ["%s"], "resources": ["dataset/%s"], "actions": ["read"]}""".formatted(MARK, MARK, MARK);

    private static final String QUERY_OF_THE_OTHER =
            "{\"measures\": [{\"agg\": \"count\", \"as\": \"%s\"}]}".formatted(MARK);

    private static JsonObject operationOfTheOther() {
        return other.caller()
                .send(
                        other.caller().json(HttpMethod.POST, Sales.QUERY).putHeader("prefer", "respond-async"),
                        Buffer.buffer(QUERY_OF_THE_OTHER))
                .bodyAsJsonObject();
    }

    private static String savedQueryOfTheOther() {
        return other.caller()
                .post("/api/v2/saved-queries", "{\"name\": \"%s\", \"query\": %s}".formatted(MARK, QUERY_OF_THE_OTHER))
                .bodyAsJsonObject()
                .getString("id");
    }

    private static String id(String path) {
        if (path.contains("/api-keys/")) {
            return other.keyId();
        }
        if (path.contains("/users/")) {
            return userId;
        }
        if (path.contains("/oauth/clients/")) {
            return clientId;
        }
        if (path.contains("/identity-providers/")) {
            return "planted";
        }
        if (path.contains("/operations/")) {
            return operation.getString("id");
        }
        if (path.contains("/queries/")) {
            return operation.getString("query_id");
        }
        if (path.contains("/admin/roles/")) {
            return MARK;
        }
        if (path.contains("/admin/policies/")) {
            return "pol_" + MARK;
        }
        return path.contains("/saved-queries/") ? savedQueryId : other.tenant();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> namingAnotherTenantOpensNothing() {
        return OPERATIONS.stream()
                .map(promised -> DynamicTest.dynamicTest(
                        promised.operation().getOperationId(),
                        () -> assertClosed(promised, "tenant_id=" + other.tenant())));
    }

    @TestFactory
    Stream<DynamicTest> theIdsOfAnotherTenantOpenNothing() {
        return OPERATIONS.stream()
                .filter(promised -> promised.path().contains("{") && !makesByName(promised))
                .map(promised -> DynamicTest.dynamicTest(
                        promised.operation().getOperationId(), () -> assertClosed(promised, "")));
    }

    /** Whoever may make roles, policies and providers names them: one of that name is the caller's own then. */
    private static boolean makesByName(Promised promised) {
        return List.of("putRole", "putPolicy", "putIdentityProvider")
                .contains(promised.operation().getOperationId());
    }

    @TestFactory
    Stream<DynamicTest> theNamesOfAnotherTenantsDatasetsOpenNothing() {
        return OPERATIONS.stream()
                .filter(promised -> promised.takes("dataset", "query"))
                .map(promised -> DynamicTest.dynamicTest(
                        promised.operation().getOperationId(), () -> assertClosed(promised, "dataset=" + MARK)));
    }

    @Test
    void aQueryOfAnotherTenantsDatasetIsOfNone() {
        HttpResponse<Buffer> response =
                Sales.askRaw(curious, "{'dataset':'%s','measures':[{'agg':'count'}]}".formatted(MARK));

        assertClosed(response);
    }

    @Test
    void listsAndAnswersHoldNothingOfAnother() {
        for (String path : List.of(
                Sales.DATASETS + "?limit=1000",
                Sales.DATASETS + "/sales",
                Sales.DATASETS + "/sales/values?field=country",
                Sales.DATASETS + "/sales/rollups/advice",
                "/api/v2/api-keys?limit=1000",
                "/api/v2/users?limit=1000",
                "/api/v2/oauth/clients?limit=1000",
                "/api/v2/identity-providers",
                "/api/v2/operations?limit=1000",
                "/api/v2/saved-queries?limit=1000",
                "/api/v2/admin/roles",
                "/api/v2/admin/policies",
                "/api/v2/analytics/realtime/metrics?group_by=country&timeframe=24h")) {
            assertHidden(curious.caller().get(path));
        }
        for (String query : List.of(
                "{'dimensions':['country','properties.x'],'measures':[{'agg':'count'}]}",
                "{'dimensions':['country'],'filter':{'field':'amount','op':'eq','value':770077007700}}")) {
            assertHidden(curious.caller().post(Sales.QUERY, query.replace('\'', '"')));
        }
    }

    /** Of its own attempts it may read, with the names that it asked for. */
    @Test
    void theLogHoldsNothingThatAnotherDid() {
        other.caller().get(Sales.DATASETS);

        assertThat(curious.caller()
                        .get("/api/v2/audit/events?limit=1000&actor=" + other.keyId())
                        .bodyAsJsonObject()
                        .getJsonArray("data"))
                .isEmpty();
    }

    @Test
    void afterAllThatTheOtherHasWhatItHad() {
        for (Promised promised : OPERATIONS) {
            assertClosed(promised, "tenant_id=" + other.tenant());
        }

        assertThat(other.caller().get("/api/v2/api-keys/" + other.keyId()).statusCode())
                .isEqualTo(200);
        JsonObject dataset = other.caller().get(Sales.DATASETS + "/" + MARK).bodyAsJsonObject();
        assertThat(dataset.getInteger("version")).isEqualTo(1);
        assertThat(dataset.getInteger("rows")).isEqualTo(1);
        assertThat(other.caller().get(Sales.DATASETS).bodyAsJsonObject().getJsonArray("data"))
                .hasSize(2);
    }

    private static void assertClosed(Promised promised, String query) {
        String path = promised.path()
                .replace("{name}", MARK)
                .replace("{rollup}", MARK)
                .replace("{id}", id(promised.path()));
        assertThat(path)
                .as("an id of the other tenant for each part of the path")
                .doesNotContain("{");
        String parameters = Stream.concat(Stream.of(query), promised.required())
                .filter(parameter -> !parameter.isEmpty())
                .collect(Collectors.joining("&"));
        HttpRequest<Buffer> request =
                curious.caller().request(promised.method(), parameters.isEmpty() ? path : path + "?" + parameters);
        String body = body(promised);
        if (!body.isEmpty()) {
            request.putHeader("content-type", "application/json");
        }
        assertClosed(curious.caller().send(request, Buffer.buffer(body)));
    }

    private static void assertClosed(HttpResponse<Buffer> response) {
        assertThat(response.statusCode()).as(response.bodyAsString()).isIn(403, 404);
        assertHidden(response);
    }

    /** What was asked may be told again, as the name of what there is not, and in the path; all else is the other's. */
    private static void assertHidden(HttpResponse<Buffer> response) {
        JsonObject body = new JsonObject(response.bodyAsString());
        if (response.statusCode() >= 400) {
            body.remove("instance");
            body.put("detail", body.getString("detail").replace("There is no dataset '" + MARK + "'", ""));
        }
        assertThat(body.encode()).doesNotContain(MARK, other.keyId(), other.key(), "770077007700");
    }

    /** Good bodies: what is refused is refused for its tenant. */
    private static String body(Promised promised) {
        Map<String, String> operationToBody = Map.ofEntries(
                Map.entry("createDataset", "{\"name\": \"planted\", \"model\": {}}"),
                Map.entry("updateDataset", "{\"description\": \"planted\"}"),
                Map.entry("inferDataset", "{\"events\": [{\"a\": 1}]}"),
                Map.entry("ingestEvents", "[{\"a\": \"planted\"}]"),
                Map.entry("ingestDefaultEvents", "[{\"a\": \"planted\"}]"),
                Map.entry("createRollup", "{\"name\": \"planted\", \"grain\": \"1h\"}"),
                Map.entry(
                        "createSavedQuery",
                        "{\"name\": \"planted\", \"query\": {\"measures\": [{\"agg\": \"count\"}]}}"),
                Map.entry(
                        "replaceSavedQuery",
                        "{\"name\": \"planted\", \"query\": {\"measures\": [{\"agg\": \"count\"}]}}"),
                Map.entry("runSavedQuery", "{}"),
                Map.entry("querySql", "{\"sql\": \"SELECT COUNT(*) AS c FROM %s\"}".formatted(MARK)),
                Map.entry("deleteEvents", "{\"time_range\": {\"last\": \"1s\"}}"),
                Map.entry(
                        "createUser", "{\"email\": \"planted@example.com\", \"name\": \"p\", \"roles\": [\"viewer\"]}"),
                Map.entry("updateUser", "{\"name\": \"planted\"}"),
                Map.entry("inviteUser", "{\"email\": \"planted@example.com\", \"roles\": [\"viewer\"]}"),
                Map.entry(
                        "createOauthClient",
                        "{\"name\": \"planted\", \"type\": \"public\", \"redirect_uris\": [\"https://a.example.com/\"],"
                                + " \"scopes\": [\"analytics:read\"]}"),
                Map.entry(
                        "putIdentityProvider",
                        "{\"name\": \"planted\", \"issuer\": \"https://a.example.com\", \"client_id\": \"a\"}"),
                Map.entry("rotateSigningKeys", "{}"),
                Map.entry("scaleTenant", "{\"target\": {\"query_concurrency\": 1}}"),
                Map.entry("replaceLimits", "{\"mode\": \"throttle\"}"),
                Map.entry("createTenant", "{\"name\": \"planted\"}"),
                Map.entry("updateTenant", "{\"status\": \"suspended\"}"),
                Map.entry("putRole", "{\"scopes\": [], \"grants\": []}"),
                Map.entry("putPolicy", POLICY_OF_THE_OTHER.replace(MARK, "viewer")),
                Map.entry("checkAccess", "{\"action\": \"read\", \"resource\": \"dataset/sales\"}"),
                Map.entry("explainAccess", "{\"action\": \"read\", \"resource\": \"dataset/sales\"}"),
                Map.entry("updateApiKey", "{\"name\": \"planted\"}"),
                Map.entry("rotateApiKey", "{\"overlap\": \"0s\"}"),
                Map.entry("createApiKey", "{\"name\": \"planted\", \"scopes\": [\"keys:read\"]}"),
                Map.entry("replaceSecuritySettings", "{\"allowed_origins\": [\"https://planted.example\"]}"),
                Map.entry("verifyAudit", "{}"),
                Map.entry("queryRealtime", "{\"measures\": [{\"agg\": \"count\"}]}"));
        String body = operationToBody.getOrDefault(promised.operation().getOperationId(), "");
        assertThat(body.isEmpty())
                .as("a good body for %s", promised.operation().getOperationId())
                .isEqualTo(promised.operation().getRequestBody() == null);
        return body;
    }

    private static List<Promised> operations() {
        OpenAPI contract = new OpenAPIV3Parser().read("openapi.yaml");
        List<Promised> operations = new ArrayList<>();
        contract.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    boolean isPublic = operation.getSecurity() != null
                            && operation.getSecurity().isEmpty();
                    if (!isPublic) {
                        operations.add(
                                new Promised(path, HttpMethod.valueOf(method.name()), withShared(item, operation)));
                    }
                }));
        return operations;
    }

    private static Operation withShared(PathItem item, Operation operation) {
        if (item.getParameters() != null) {
            item.getParameters().forEach(operation::addParametersItem);
        }
        return operation;
    }
}
