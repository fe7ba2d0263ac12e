package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept back by policies is kept back however one reads: by every operation of the contract that reads data. */
@Timeout(120)
class DataPoliciesContractTest {

    private static final String SQL = "/api/v2/analytics/sql";
    private static final String METRICS = "/api/v2/analytics/realtime/metrics?timeframe=24h";
    private static final String RANGE = "'time_range':{'from':'2026-03-01T00:00:00Z','to':'2026-04-01T00:00:00Z'}";

    /** Cities are hidden, only Germany and Spain are seen, and of these no gifts; users, channels and colours are masked. */
    private static final List<String> POLICIES = List.of(
            "{'name':'g','effect':'allow',@,'rows':{'field':'country','op':'in','value':['DE','ES']}}",
            "{'name':'n','effect':'deny',@,'rows':{'field':'gift','op':'eq','value':true}}",
            "{'name':'c','effect':'deny',@,'columns':{'hide':['city','properties.size'],'mask':["
                    + "{'field':'user','with':'hash'},{'field':'channel','with':'redact'},"
                    + "{'field':'properties.color','with':'null'},{'field':'weight','with':'null'},"
                    + "{'field':'action','with':'partial'}]},'measures':{'deny':['turnover','revenue']}}");

    /** Words that stand in nothing that is seen. */
    private static final List<String> KEPT_BACK = List.of(
            "Berlin",
            "Bonn",
            "Paris",
            "Madrid",
            "city",
            "FR",
            "u1",
            "u2",
            "u3",
            "u5",
            "web",
            "purchase",
            "blue",
            "red");

    private static Service service;
    private static Customer shop;
    private static Caller narrow;
    private static String savedQueryId;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        shop = service.newCustomer();
        Sales.fill(shop);
        shop.caller()
                .put(
                        "/api/v2/admin/roles/narrow",
                        json("{'scopes':['analytics:read','datasets:read','events:delete'],"
                                + "'grants':[{'resources':['dataset/sales'],'actions':['read','delete']},"
                                + "{'resources':['saved_query/*'],'actions':['read']}]}"));
        for (int i = 0; i < POLICIES.size(); i++) {
            String policy = POLICIES.get(i)
                    .replace("@", "'roles':['narrow'],'resources':['dataset/sales'],'actions':['read','delete']");
            HttpResponse<Buffer> made = shop.caller().put("/api/v2/admin/policies/pol_" + i, json(policy));
            assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        }
        Sales.create(shop, "secret");
        narrow = wearing("narrow");
        savedQueryId = shop.caller()
                .post(
                        "/api/v2/saved-queries",
                        json("{'name':'all','query':{'fields':['time','user','country','channel']}}"))
                .bodyAsJsonObject()
                .getString("id");
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    /** For each operation that reads what is in datasets, ways to try all of it. */
    private static Map<String, List<Supplier<HttpResponse<Buffer>>>> ways() {
        Map<String, List<Supplier<HttpResponse<Buffer>>>> ways = new LinkedHashMap<>();
        ways.put("listDatasets", List.of(() -> narrow.get(Sales.DATASETS)));
        ways.put("getDataset", List.of(() -> narrow.get(Sales.DATASETS + "/sales")));
        ways.put(
                "getDatasetValues",
                Stream.of("country", "user", "channel", "properties.color", "properties.size", "action")
                        .<Supplier<HttpResponse<Buffer>>>map(
                                field -> () -> narrow.get(Sales.DATASETS + "/sales/values?field=" + field))
                        .toList());
        ways.put(
                "getRealtimeMetrics",
                List.of(
                        () -> narrow.get(METRICS + "&dataset=sales&group_by=country"),
                        () -> narrow.get(METRICS + "&metrics=orders,users,events&group_by=channel")));
        ways.put(
                "queryRealtime",
                Stream.of(
                                "{'fields':['time','event_id','user','action','country','channel','amount','properties']}",
                                "{'dimensions':['country','channel','action'],'measures':['@'],'navigate':true,'explain':true}",
                                "{'dimensions':['properties.color','properties.size'],'measures':['@'],'grouping':{'type':'cube'}}",
                                "{'dimensions':[{'expr':'lower(user)','as':'x'},{'expr':'upper(channel)','as':'y'}],'measures':['@']}",
                                "{'measures':[{'agg':'min','field':'user'},{'agg':'max','field':'channel'},{'measure':'gift_share'}]}",
                                "{'dimensions':['country'],'measures':['@'],'dry_run':true,'explain':true}")
                        .map(text -> text.replace("'@'", "{'agg':'count'}"))
                        .<Supplier<HttpResponse<Buffer>>>map(text -> () -> narrow.post(Sales.QUERY, json(text)))
                        .toList());
        ways.put("querySql", sqlWays());
        ways.put("listSavedQueries", List.of(() -> narrow.get("/api/v2/saved-queries")));
        ways.put("getSavedQuery", List.of(() -> narrow.get("/api/v2/saved-queries/" + savedQueryId)));
        ways.put("runSavedQuery", List.of(() -> narrow.post("/api/v2/saved-queries/" + savedQueryId + "/run", "{}")));
        ways.put("listRollups", List.of(() -> narrow.get(Sales.DATASETS + "/sales/rollups")));
        ways.put("getRollup", List.of(() -> narrow.get(Sales.DATASETS + "/sales/rollups/daily")));
        ways.put("adviseRollups", List.of(() -> narrow.get(Sales.DATASETS + "/sales/rollups/advice")));
        ways.put("listOperations", List.of(() -> narrow.get("/api/v2/operations")));
        ways.put("getOperation", List.of(() -> narrow.get("/api/v2/operations/" + others("id"))));
        ways.put("getQuery", List.of(() -> narrow.get("/api/v2/queries/" + others("query_id"))));
        ways.put("getQueryResults", List.of(() -> narrow.get("/api/v2/queries/" + others("query_id") + "/results")));
        ways.put("explainQuery", List.of(() -> narrow.post("/api/v2/queries/" + others("query_id") + "/explain", "")));
        return ways;
    }

    private static List<Supplier<HttpResponse<Buffer>>> sqlWays() {
        return Stream.of(
                        "SELECT * FROM sales",
                        "SELECT s.*, t.* FROM sales s JOIN sales t ON s.user = t.user",
                        "WITH x AS (SELECT user AS u, channel FROM sales) SELECT u, channel FROM x ORDER BY u",
                        "SELECT CASE WHEN channel = 'web' THEN 'w' ELSE channel END AS c, COUNT(*) FROM sales GROUP BY 1",
                        "SELECT MAX(user), MIN(action) FROM sales",
                        "SELECT country FROM sales UNION ALL SELECT channel FROM sales",
                        "SELECT JSON_VALUE(properties, '$.color'), CAST(properties AS VARCHAR) FROM sales",
                        "SELECT UPPER(user), SUBSTRING(action FROM 2) FROM sales WHERE channel LIKE '%'")
                .<Supplier<HttpResponse<Buffer>>>map(sql ->
                        () -> narrow.post(SQL, new JsonObject().put("sql", sql).encode()))
                .toList();
    }

    private static String others(String member) {
        HttpRequest<Buffer> request =
                shop.caller().json(HttpMethod.POST, Sales.QUERY).putHeader("prefer", "respond-async");
        return shop.caller()
                .send(request, Buffer.buffer(json("{'fields':['user','channel','action']}")))
                .bodyAsJsonObject()
                .getString(member);
    }

    @TestFactory
    Stream<DynamicTest> noWayOfReadingTellsWhatIsKeptBack() {
        return ways().entrySet().stream()
                .flatMap(way -> way.getValue().stream()
                        .map(ask -> DynamicTest.dynamicTest(way.getKey(), () -> assertNothingTold(ask.get()))));
    }

    private static void assertNothingTold(HttpResponse<Buffer> response) {
        assertThat(response.statusCode()).as(response.bodyAsString()).isIn(200, 403, 404);
        for (String word : KEPT_BACK) {
            assertThat(response.bodyAsString()).doesNotContainPattern("\\b" + word + "\\b");
        }
    }

    /** Whoever adds an operation that reads data adds a way to try it. */
    @Test
    void everyOperationThatReadsIsTried() {
        Set<String> reading = readingOperations();
        // These make, end or change what the caller asks for itself, or are tried with sockets elsewhere.
        reading.removeAll(Set.of(
                "inferDataset",
                "issueTicket",
                "streamRealtime",
                "cancelOperation",
                "cancelQuery",
                "createSavedQuery",
                "replaceSavedQuery",
                "deleteSavedQuery"));

        assertThat(ways().keySet()).containsAll(reading);
    }

    private static Set<String> readingOperations() {
        OpenAPI contract = new OpenAPIV3Parser().read("openapi.yaml");
        return contract.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(DataPoliciesContractTest::readsData)
                .map(Operation::getOperationId)
                .collect(Collectors.toSet());
    }

    private static boolean readsData(Operation operation) {
        Object scopes = operation.getExtensions() == null
                ? null
                : operation.getExtensions().get("x-scopes");
        return scopes instanceof Collection<?> all
                && all.stream().map(Objects::toString).anyMatch(Set.of("analytics:read", "datasets:read")::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/csv"})
    void streamsTellNothingEither(String type) {
        HttpRequest<Buffer> request = narrow.json(HttpMethod.POST, Sales.QUERY).putHeader("accept", type);

        HttpResponse<Buffer> response = narrow.send(
                request, Buffer.buffer(json("{'fields':['user','action','country','channel','amount','properties']}")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.bodyAsString()).contains("DE").contains("2500");
        assertNothingTold(response);
    }

    /** Of Germany and Spain, without gifts: e2, e5 and e7. */
    @Test
    void aCursorIsForThoseWhoSeeTheSame() {
        String query = "{'dimensions':['user'],'measures':[{'agg':'count'}],'limit':1,'cursor':%s}";
        String first = query.formatted("null");
        String cursorOfAll =
                shop.caller().post(Sales.QUERY, json(first)).bodyAsJsonObject().getString("next_cursor");
        String cursorOfSome =
                narrow.post(Sales.QUERY, json(first)).bodyAsJsonObject().getString("next_cursor");

        assertProblem(narrow.post(Sales.QUERY, json(query.formatted("'" + cursorOfAll + "'"))), 422, "invalid_cursor");
        assertThat(narrow.post(Sales.QUERY, json(query.formatted("'" + cursorOfSome + "'")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void countsWhatIsSeen() {
        assertThat(rows("{" + RANGE
                        + ",'measures':[{'agg':'count'},{'agg':'sum','field':'amount'}],'dimensions':['country']}"))
                .containsExactly("[\"DE\",3,1000]");
        assertThat(sql("SELECT COUNT(*), SUM(amount), COUNT(DISTINCT user) FROM sales"))
                .containsExactly("[3,1000,2]");
        assertThat(narrow.get(Sales.DATASETS + "/sales").bodyAsJsonObject().getValue("rows"))
                .isNull();
        assertThat(shop.caller()
                        .get(Sales.DATASETS + "/sales")
                        .bodyAsJsonObject()
                        .getInteger("rows"))
                .isEqualTo(8);
    }

    @Test
    void ordersGroupsAndFiltersByTheMaskAndNotByTheValue() {
        assertThat(rows("{'measures':[{'agg':'count'}],'filter':{'field':'channel','op':'eq','value':'web'}}"))
                .containsExactly("[0]");
        assertThat(rows("{'measures':[{'agg':'count'}],'filter':{'expr':'starts_with(user, \\u0027u\\u0027)'}}"))
                .containsExactly("[0]");
        assertThat(rows("{'measures':[{'agg':'count'}],'dimensions':['channel']}"))
                .containsExactly("[\"***\",3]");
        assertThat(rows("{'measures':[{'agg':'count'},{'agg':'sum','field':'weight'}],'dimensions':['action']}"))
                .containsExactly("[\"p***\",2,null]", "[\"r***\",1,null]");
        assertThat(sql("SELECT COUNT(*) FROM sales WHERE user = 'u1' OR channel IN ('web','app') OR weight > 0"))
                .containsExactly("[0]");
        assertThat(sql("SELECT COUNT(*) FROM sales a JOIN sales b ON a.channel = b.channel WHERE a.channel = '***'"))
                .containsExactly("[9]");
        assertThat(
                        sql(
                                "SELECT (SELECT MAX(channel) FROM sales), EXISTS (SELECT 1 FROM sales WHERE action = 'refund') FROM sales LIMIT 1"))
                .containsExactly("[\"***\",false]");
    }

    @Test
    void aHashIsTheSameForTheSameValueAndNotTheValuesOwn() {
        List<String> users = rows("{'measures':[{'agg':'count'}],'dimensions':['user']}");

        assertThat(users).hasSize(2).allMatch(row -> row.matches("\\[\"[0-9a-f]{64}\",[12]]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dimensions':['city']}",
                "{'measures':[{'agg':'count_distinct','field':'city'}]}",
                "{'measures':[{'agg':'count'}],'filter':{'field':'city','op':'exists'}}",
                "{'measures':[{'agg':'count'}],'filter':{'expr':'city = \\u0027Berlin\\u0027'}}",
                "{'dimensions':[{'expr':'lower(city)','as':'x'}]}",
                "{'fields':['city']}"
            })
    void aHiddenFieldIsAsUnknownAsOneThatThereIsNot(String query) {
        HttpResponse<Buffer> hidden = narrow.post(Sales.QUERY, json(query));
        HttpResponse<Buffer> absent = narrow.post(Sales.QUERY, json(query).replace("city", "cita"));

        assertThat(hidden.statusCode()).isEqualTo(422);
        assertThat(hidden.bodyAsJsonObject().getString("detail").replace("city", "cita"))
                .isEqualTo(absent.bodyAsJsonObject().getString("detail"));
        assertThat(hidden.bodyAsJsonObject().getString("code"))
                .isEqualTo(absent.bodyAsJsonObject().getString("code"));
    }

    @Test
    void aHiddenFieldIsUnknownToSqlAndIsNeverSuggested() {
        HttpResponse<Buffer> hidden = narrow.post(SQL, "{\"sql\": \"SELECT city FROM sales\"}");
        HttpResponse<Buffer> near = narrow.post(Sales.QUERY, json("{'dimensions':['citi']}"));

        assertProblem(hidden, 422, "invalid_sql");
        assertThat(near.bodyAsString()).doesNotContain("'city'");
    }

    @Test
    void refusesMeasuresThatAreDenied() {
        assertProblem(narrow.post(Sales.QUERY, json("{'measures':[{'measure':'turnover'}]}")), 403, "policy_denied");
        assertProblem(
                narrow.post(
                        Sales.QUERY,
                        json(
                                "{'measures':[{'measure':'orders'},{'agg':'expression','expr':'turnover / orders','as':'x'}]}")),
                403,
                "policy_denied");
        assertProblem(narrow.get(METRICS + "&metrics=turnover"), 403, "policy_denied");
        assertProblem(narrow.get(METRICS + "&metrics=revenue"), 403, "policy_denied");
        assertThat(narrow.get(METRICS)
                        .bodyAsJsonObject()
                        .getJsonObject("metrics")
                        .fieldNames())
                .containsExactlyInAnyOrder("events", "users");
    }

    @Test
    void whatTellsOfAllEventsIsDenied() {
        assertProblem(narrow.get(Sales.DATASETS + "/sales/rollups"), 403, "policy_denied");
        assertProblem(narrow.get(Sales.DATASETS + "/sales/rollups/advice"), 403, "policy_denied");
    }

    @Test
    void whatMayNotBeReadIsNotThere() {
        for (String path : List.of("/secret", "/secret/values?field=country", "/secret/rollups", "/nothing")) {
            assertProblem(narrow.get(Sales.DATASETS + path), 404, "not_found");
        }
        assertProblem(
                narrow.post(Sales.QUERY, json("{'dataset':'secret','measures':[{'agg':'count'}]}")), 404, "not_found");
        assertProblem(narrow.post(SQL, "{\"sql\": \"SELECT COUNT(*) FROM secret\"}"), 422, "invalid_sql");
        assertThat(narrow.get(Sales.DATASETS).bodyAsJsonObject().getJsonArray("data"))
                .hasSize(1);
    }

    private static Caller wearing(String roles) {
        return service.platform().as(shop.key() + "+" + roles);
    }

    private static List<String> rows(String query) {
        HttpResponse<Buffer> answer = narrow.post(Sales.QUERY, json(query));
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        return Sales.rows(answer.bodyAsJsonObject());
    }

    private static List<String> sql(String sql) {
        HttpResponse<Buffer> answer =
                narrow.post(SQL, new JsonObject().put("sql", sql).encode());
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        return Sales.rows(answer.bodyAsJsonObject());
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
