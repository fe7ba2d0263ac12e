package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** A key that may touch one dataset of two: to it the other does not exist, whichever way it asks. */
@Timeout(120)
class KeyDatasetsContractTest {

    private static final String KEYS = "/api/v2/api-keys";
    private static final String SAVED = "/api/v2/saved-queries";

    /** Stands in what the key may not see. */
    private static final String HIDDEN = "hidden";

    private static Service service;
    private static Customer acme;
    private static JsonObject key;
    private static Caller limited;
    private static String operation;
    private static String query;
    private static String savedQuery;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS, TestServers.freshPostgres(), Streams.config());
        acme = service.newCustomer();
        acme.caller()
                .post(
                        Sales.DATASETS,
                        "{\"name\": \"%s\", \"default\": true, \"model\": %s}".formatted(HIDDEN, Sales.MODEL));
        Sales.send(acme, Sales.DATASETS + "/" + HIDDEN + "/events", "[{\"country\": \"XX\", \"amount\": 1}]");
        Sales.fill(acme);
        JsonObject wish = new JsonObject()
                .put("name", "limited")
                .put("scopes", new JsonArray(Service.CUSTOMER_SCOPES))
                .put("datasets", JsonArray.of("sales", "planned"));
        key = acme.caller().post(KEYS, wish.encode()).bodyAsJsonObject();
        limited = acme.caller().as(key.getString("key"));
        JsonObject begun = later(
                acme.caller(), "{'dataset':'%s','measures':[{'agg':'count','as':'%s'}]}".formatted(HIDDEN, HIDDEN));
        operation = begun.getString("id");
        query = begun.getString("query_id");
        savedQuery = acme.caller()
                .post(
                        SAVED,
                        "{\"name\": \"a\", \"query\": {\"dataset\": \"%s\", \"measures\": [{\"agg\": \"count\"}]}}"
                                .formatted(HIDDEN))
                .bodyAsJsonObject()
                .getString("id");
        acme.caller().post(SAVED, "{\"name\": \"b\", \"query\": {\"measures\": [{\"agg\": \"count\"}]}}");
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    /** Every operation whose path leads to a dataset, or to something that is about one. */
    @TestFactory
    Stream<DynamicTest> noPathLeadsToIt() {
        OpenAPI contract = new OpenAPIV3Parser().read("openapi.yaml");
        return contract.getPaths().entrySet().stream()
                .filter(path ->
                        List.of("/datasets/{name}", "/operations/{id}", "/queries/{id}", "/saved-queries/{id}").stream()
                                .anyMatch(path.getKey()::contains))
                .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                        .filter(method -> !isOfThePlatform(method.getValue()))
                        .map(method -> DynamicTest.dynamicTest(
                                method.getValue().getOperationId(),
                                () -> assertHidden(
                                        method.getValue().getOperationId(),
                                        HttpMethod.valueOf(method.getKey().name()),
                                        path.getKey()))));
    }

    private static boolean isOfThePlatform(io.swagger.v3.oas.models.Operation operation) {
        return String.valueOf(operation.getExtensions().get("x-scopes")).contains("platform:");
    }

    private static void assertHidden(String operationId, HttpMethod method, String path) {
        String id = path.contains("/operations/") ? operation : path.contains("/saved-queries/") ? savedQuery : query;
        String asked = path.replace("{name}", HIDDEN).replace("{rollup}", "r").replace("{id}", id)
                + (operationId.equals("getDatasetValues") ? "?field=country" : "");
        Map<String, String> operationToBody = Map.of(
                "updateDataset", "{\"description\": \"mine\"}",
                "ingestEvents", "[{\"country\": \"YY\"}]",
                "createRollup", "{\"name\": \"r\", \"grain\": \"1h\"}",
                "deleteEvents", "{\"time_range\": {\"last\": \"1s\"}}",
                "replaceSavedQuery", "{\"name\": \"c\", \"query\": {\"measures\": [{\"agg\": \"count\"}]}}",
                "runSavedQuery", "{}");
        String body = operationToBody.getOrDefault(operationId, "");
        HttpRequest<Buffer> request = limited.request(method, asked);
        HttpResponse<Buffer> response = limited.send(
                body.isEmpty() ? request : request.putHeader("content-type", "application/json"), Buffer.buffer(body));
        assertProblem(response, 404, "not_found");
    }

    @Test
    void noQueryReachesIt() {
        String count = "{'dataset':'%s','measures':[{'agg':'count'}]}".formatted(HIDDEN);
        String sql = "{\"sql\": \"SELECT count(*) AS c FROM %s\"}".formatted(HIDDEN);
        Sales.ask(acme, count);
        Sales.ask(acme, count);
        assertThat(acme.caller().post("/api/v2/analytics/sql", sql).statusCode())
                .isEqualTo(200);

        assertProblem(ask(limited, count), 404, "not_found");
        assertProblem(ask(limited, count), 404, "not_found");
        assertProblem(ask(limited, count.replace("}]}", "}],'dry_run':true}")), 404, "not_found");
        assertProblem(limited.post("/api/v2/analytics/sql", sql), 422, "invalid_sql");
        assertProblem(
                limited.post(
                        "/api/v2/analytics/sql",
                        "{\"sql\": \"SELECT s.country FROM sales s WHERE EXISTS (SELECT 1 FROM %s)\"}"
                                .formatted(HIDDEN)),
                422,
                "invalid_sql");
        assertProblem(
                limited.get("/api/v2/analytics/realtime/metrics?timeframe=24h&dataset=" + HIDDEN), 404, "not_found");
        assertProblem(stream(count), 404, "not_found");
        assertProblem(prefersLater(limited, count), 404, "not_found");
        assertThat(acme.caller().post("/api/v2/analytics/sql", sql).statusCode())
                .isEqualTo(200);
    }

    @Test
    void noListNamesIt() {
        for (String path :
                List.of(Sales.DATASETS + "?limit=1000", "/api/v2/operations?limit=1000", SAVED + "?limit=1000")) {
            HttpResponse<Buffer> list = limited.get(path);
            assertThat(list.statusCode()).isEqualTo(200);
            assertThat(list.bodyAsString()).doesNotContain(HIDDEN, operation, savedQuery);
        }
        assertThat(limited.get(SAVED).bodyAsJsonObject().getJsonArray("data"))
                .as("a query without a dataset is of the default one, which is hidden")
                .isEmpty();
        assertThat(acme.caller().get(SAVED).bodyAsJsonObject().getJsonArray("data"))
                .hasSize(2);
        assertProblem(ask(limited, "{'dataset':'nowhere','measures':[{'agg':'count'}]}"), 404, "not_found");
    }

    /** The default one is hidden: no other is taken in its place. */
    @Test
    void whoSeesNoDefaultNamesTheDataset() {
        String count = "{'measures':[{'agg':'count'}]}";
        String metrics = "/api/v2/analytics/realtime/metrics?timeframe=24h";

        HttpResponse<Buffer> sent = limited.post("/api/v2/events", "[{\"country\": \"YY\"}]");

        assertProblem(sent, 404, "not_found");
        assertThat(sent.bodyAsJsonObject().getString("detail")).contains("name one");
        assertProblem(ask(limited, count), 404, "not_found");
        assertProblem(ask(limited, count), 404, "not_found");
        assertProblem(stream(count), 404, "not_found");
        assertProblem(limited.get(metrics), 404, "not_found");
        assertThat(ask(
                                acme.caller(),
                                "{'dataset':'sales','measures':[{'agg':'count'}],'filter':"
                                        + "{'field':'country','op':'eq','value':'YY'}}")
                        .bodyAsJsonObject()
                        .getJsonArray("rows")
                        .encode())
                .isEqualTo("[[0]]");
        assertThat(limited.get(metrics + "&dataset=sales").statusCode()).isEqualTo(200);
    }

    @Test
    void whatItMayTouchItMayTouchWhole() {
        JsonObject counted = ask(
                        limited,
                        "{'dataset':'sales','measures':[{'agg':'count'}],'time_range':{'from':'2026-03-28T00:00:00Z','to':'2026-03-31T00:00:00Z'}}")
                .bodyAsJsonObject();
        JsonObject operationOfIts = later(limited, "{'dataset':'sales','measures':[{'agg':'count'}]}");

        assertThat(Sales.rows(counted)).containsExactly("[8]");
        assertThat(limited.get(Sales.DATASETS + "/sales").statusCode()).isEqualTo(200);
        assertThat(limited.get("/api/v2/operations/" + operationOfIts.getString("id"))
                        .statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> limited.get("/api/v2/queries/" + operationOfIts.getString("query_id") + "/results")
                                .statusCode()
                        == 200);
        assertThat(limited.post("/api/v2/analytics/sql", "{\"sql\": \"SELECT count(*) AS c FROM sales\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(limited.get(Sales.DATASETS).bodyAsJsonObject().getJsonArray("data"))
                .hasSize(1);
    }

    @Test
    void makesDatasetsOfItsOwnOnly() {
        HttpResponse<Buffer> other = limited.post(Sales.DATASETS, "{\"name\": \"other\", \"model\": {}}");
        assertProblem(other, 403, "policy_denied");
        assertThat(other.bodyAsJsonObject().getString("detail")).contains("limited to some datasets");
        assertProblem(
                limited.post(Sales.DATASETS, "{\"name\": \"%s\", \"model\": {}}".formatted(HIDDEN)),
                403,
                "policy_denied");
        assertProblem(
                limited.post(Sales.DATASETS, "{\"name\": \"planned\", \"default\": true, \"model\": {}}"),
                403,
                "policy_denied");
        assertProblem(limited.patch(Sales.DATASETS + "/sales", "{\"default\": true}"), 403, "policy_denied");
    }

    @Test
    void itsTokensReachNoFurther() {
        Caller bearer = acme.caller().as(Tokens.of(service, key.getString("id"), key.getString("key")));

        assertProblem(bearer.get(Sales.DATASETS + "/" + HIDDEN), 404, "not_found");
        assertThat(bearer.get(Sales.DATASETS + "/sales").statusCode()).isEqualTo(200);
    }

    @Test
    void itsSocketsReachNoFurtherAndEndWhenItIsChanged() {
        JsonObject other = acme.caller()
                .post(KEYS, "{\"name\": \"b\", \"scopes\": [\"analytics:read\"], \"datasets\": [\"sales\"]}")
                .bodyAsJsonObject();
        Caller reader = acme.caller().as(other.getString("key"));
        StreamClient byKey = StreamClient.open(service, reader);
        StreamClient byTicket = StreamClient.open(service, "?ticket=" + ticket(reader));
        byTicket.next("ready");
        String hidden =
                "{'op':'subscribe','id':'s1','query':{'dataset':'%s','measures':[{'agg':'count'}]}}".formatted(HIDDEN);

        byKey.send(hidden);
        byTicket.send(hidden);

        assertThat(byKey.next("error").getJsonObject("problem").getString("code"))
                .isEqualTo("not_found");
        assertThat(byTicket.next("error").getJsonObject("problem").getString("code"))
                .isEqualTo("not_found");
        acme.caller().patch(KEYS + "/" + other.getString("id"), "{\"datasets\": [\"planned\"]}");
        assertThat(byKey.closeCode()).isEqualTo(4401);
        assertThat(byTicket.closeCode()).isEqualTo(4401);
    }

    @Test
    void aDatasetThatIsTakenAwayIsGoneWithinASecond() {
        JsonObject other = acme.caller()
                .post(KEYS, "{\"name\": \"c\", \"scopes\": [\"analytics:read\", \"datasets:read\"]}")
                .bodyAsJsonObject();
        Caller reader = acme.caller().as(other.getString("key"));
        String count = "{'dataset':'sales','measures':[{'agg':'count'}]}";
        assertThat(ask(reader, count).statusCode()).isEqualTo(200);

        acme.caller().patch(KEYS + "/" + other.getString("id"), "{\"datasets\": [\"planned\"]}");

        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertProblem(ask(reader, count), 404, "not_found"));
    }

    private static HttpResponse<Buffer> ask(Caller caller, String body) {
        return caller.post(Sales.QUERY, body.replace('\'', '"'));
    }

    private static HttpResponse<Buffer> stream(String body) {
        return limited.send(
                limited.json(HttpMethod.POST, Sales.QUERY).putHeader("accept", "application/x-ndjson"),
                Buffer.buffer(body.replace('\'', '"')));
    }

    private static JsonObject later(Caller caller, String body) {
        HttpResponse<Buffer> begun = prefersLater(caller, body);
        assertThat(begun.statusCode()).as(begun.bodyAsString()).isEqualTo(202);
        return begun.bodyAsJsonObject();
    }

    private static HttpResponse<Buffer> prefersLater(Caller caller, String body) {
        return caller.send(
                caller.json(HttpMethod.POST, Sales.QUERY).putHeader("prefer", "respond-async"),
                Buffer.buffer(body.replace('\'', '"')));
    }

    private static String ticket(Caller caller) {
        return caller.send(caller.request(HttpMethod.POST, "/api/v2/auth/ws-ticket"), Buffer.buffer())
                .bodyAsJsonObject()
                .getString("ticket");
    }
}
