package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets from their tenant's side. */
@Timeout(60)
@Covers({"createDataset", "listDatasets", "getDataset"})
class DatasetsContractTest {

    private static final String DATASETS = Sales.DATASETS;
    private static final String SMALL = "{\"name\": \"%s\", \"model\": {}}";

    private static PostgresConfig database;
    private static Service service;

    @BeforeAll
    static void startService() {
        database = TestServers.freshPostgres();
        service = new Service(Bus.Wire.ALWAYS, database);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void makesADatasetAndTellsItAgain() {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> made = customer.caller()
                .post(
                        DATASETS,
                        "{\"name\": \"sales\", \"description\": \"All of it\", \"model\": " + Sales.MODEL + "}");

        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        assertThat(made.getHeader("location")).isEqualTo("/api/v2/datasets/sales");
        assertThat(made.getHeader("etag")).isEqualTo("\"1\"");
        JsonObject dataset = made.bodyAsJsonObject();
        assertThat(dataset.getString("description")).isEqualTo("All of it");
        assertThat(dataset.getBoolean("default")).isFalse();
        assertThat(dataset.getInteger("version")).isEqualTo(1);
        assertThat(dataset.getInteger("rows")).isEqualTo(0);
        assertThat(dataset.getString("watermark")).isNull();
        assertThat(dataset.getString("created_at")).isEqualTo(dataset.getString("updated_at"));
        HttpResponse<Buffer> told = customer.caller().get(DATASETS + "/sales");
        assertThat(told.getHeader("etag")).isEqualTo("\"1\"");
        assertThat(told.bodyAsJsonObject()).isEqualTo(dataset);
    }

    @Test
    void keepsTheModelAsItWasDeclared() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");

        JsonObject model =
                customer.caller().get(DATASETS + "/sales").bodyAsJsonObject().getJsonObject("model");

        JsonObject declared = new JsonObject(Sales.MODEL);
        for (String part : List.of("time", "entity", "value", "touchpoint", "hierarchies", "segments")) {
            assertThat(model.getValue(part)).as(part).isEqualTo(declared.getValue(part));
        }
        assertThat(model.getJsonArray("dimensions").getJsonObject(3))
                .isEqualTo(new JsonObject(
                        "{\"name\":\"amount\",\"type\":\"long\",\"unit\":\"cents\",\"currency\":\"EUR\"}"));
        assertThat(model.getJsonArray("measures").getJsonObject(1))
                .isEqualTo(new JsonObject("{\"name\":\"turnover\",\"agg\":\"sum\",\"field\":\"amount\"}"));
    }

    @Test
    void takesBackTheModelThatItTold() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        JsonObject model =
                customer.caller().get(DATASETS + "/sales").bodyAsJsonObject().getJsonObject("model");

        HttpResponse<Buffer> copy = customer.caller()
                .post(
                        DATASETS,
                        new JsonObject().put("name", "copy").put("model", model).encode());

        assertThat(copy.statusCode()).isEqualTo(201);
        assertThat(copy.bodyAsJsonObject().getJsonObject("model")).isEqualTo(model);
    }

    @Test
    void tellsHowFarTheDataIs() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);

        JsonObject dataset = customer.caller().get(DATASETS + "/sales").bodyAsJsonObject();

        assertThat(dataset.getInteger("rows")).isEqualTo(8);
        assertThat(dataset.getString("watermark")).isEqualTo("2026-03-30T08:00:00.000Z");
        assertThat(dataset.getString("data_version")).matches("dv_[1-9][0-9]*");
    }

    @Test
    void refusesANameThatIsTaken() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "twice");

        assertProblem(customer.caller().post(DATASETS, SMALL.formatted("twice")), 409, "already_exists");
    }

    @Test
    void letsOtherTenantsHaveTheSameName() {
        Sales.create(service.newCustomer(), "common");
        Sales.create(service.newCustomer(), "common");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                        | /model missing_field, /name missing_field",
                "{'name':'a'}                                              | /model missing_field",
                "{'name':'A','model':{}}                                   | /name wrong_format",
                "{'name':'a b','model':{}}                                 | /name wrong_format",
                "{'name':'a\";DROP TABLE dataset;--','model':{}}           | /name wrong_format",
                "{'name':'1a','model':{}}                                  | /name wrong_format",
                "{'name':'','model':{}}                                    | /name wrong_format",
                "{'name':7,'model':{}}                                     | /name type_mismatch",
                "{'name':'a','model':[]}                                   | /model type_mismatch",
                "{'name':'a','model':{'tiem':'t'}}                         | /model/tiem unknown_field",
                "{'name':'a','model':{'dimensions':[{'name':'x'}]}}        | /model/dimensions/0/type missing_field",
                "{'name':'a','model':{'dimensions':[{'name':'x','type':'int'}]}} | /model/dimensions/0/type not_allowed",
                "{'name':'a','model':{},'id':1}                            | /id unknown_field",
                "{'name':'a','model':{},'default':'yes'}                   | /default type_mismatch"
            })
    void refusesWhatTheContractDoesNotKnow(String body, String error) {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> refused =
                customer.caller().post(DATASETS, body.replace('\'', '"').replace("\";", "\\\";"));

        assertProblem(refused, 422, "invalid_request");
        assertThat(errors(refused)).containsExactlyInAnyOrder(error.split(", ", -1));
    }

    @Test
    void refusesOneDatasetTooMany() {
        Customer customer = service.newCustomer();
        TestServers.asSuperuser(database, """
                INSERT INTO dataset (tenant_id, name, description, model, is_default)
                SELECT '%s', 'made_' || n, '', '{}', false FROM generate_series(1, 100) n""".formatted(customer.tenant()));

        assertProblem(customer.caller().post(DATASETS, SMALL.formatted("one_more")), 422, "limit_exceeded");
    }

    @Test
    void thereIsOneDefaultHoweverManyAreMadeAtOnce() {
        Customer customer = service.newCustomer();

        List<HttpResponse<Buffer>> made = Future.all(IntStream.range(0, 8)
                        .mapToObj(i -> customer.caller()
                                .json(HttpMethod.POST, DATASETS)
                                .sendBuffer(Buffer.buffer(
                                        "{\"name\": \"d%d\", \"default\": true, \"model\": {}}".formatted(i))))
                        .toList())
                .await()
                .list();

        assertThat(made)
                .allSatisfy(one ->
                        assertThat(one.statusCode()).as(one.bodyAsString()).isEqualTo(201));
        assertThat(datasets(customer, "").stream().filter(one -> one.getBoolean("default")))
                .hasSize(1);
    }

    @Test
    void listsByNameInPagesThatTheirLinksJoin() {
        Customer customer = service.newCustomer();
        for (String name : List.of("ab", "a_b", "b", "a1", "a")) {
            customer.caller().post(DATASETS, SMALL.formatted(name));
        }

        List<String> names = new ArrayList<>();
        String query = "?limit=2";
        while (query != null) {
            HttpResponse<Buffer> page = customer.caller().get(DATASETS + query);
            datasets(page).forEach(dataset -> names.add(dataset.getString("name")));
            String link = page.getHeader("link");
            query = link == null ? null : link.substring(1, link.indexOf('>'));
        }

        assertThat(names).containsExactly("a", "a1", "a_b", "ab", "b");
    }

    @Test
    void listsNothingWhereThereIsNothing() {
        JsonObject page = service.newCustomer().caller().get(DATASETS).bodyAsJsonObject();

        assertThat(page).isEqualTo(new JsonObject("{\"data\":[],\"next_cursor\":null,\"has_more\":false}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=-1", "limit=1001", "limit=many", "limit=1.5", "sort=name", "Limit=5"})
    void refusesAListThatTheContractDoesNotKnow(String query) {
        assertProblem(service.newCustomer().caller().get(DATASETS + "?" + query), 422, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "AAAAAAAA", "sales", "%27%20OR%201%3D1"})
    void refusesACursorThatWeDidNotGive(String cursor) {
        HttpResponse<Buffer> response = service.newCustomer().caller().get(DATASETS + "?cursor=" + cursor);

        assertProblem(response, 422, "invalid_cursor");
        assertThat(errors(response)).containsExactly("cursor invalid_cursor");
    }

    @Test
    void thereIsNoDatasetWhereThereIsNone() {
        Customer customer = service.newCustomer();

        assertProblem(customer.caller().get(DATASETS + "/nothing"), 404, "not_found");
        assertProblem(customer.caller().get(DATASETS + "/No%20Name"), 422, "invalid_request");
    }

    @Test
    void asksForTheScopeOfEachOperation() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        Caller stranger = service.platform()
                .as(Service.newKey(customer.caller(), customer.tenant(), List.of("analytics:read"))
                        .getString("key"));

        assertProblem(stranger.get(DATASETS), 403, "insufficient_scope");
        assertProblem(stranger.get(DATASETS + "/sales"), 403, "insufficient_scope");
        assertProblem(stranger.post(DATASETS, SMALL.formatted("mine")), 403, "insufficient_scope");
        assertProblem(stranger.patch(DATASETS + "/sales", "{\"default\": true}"), 403, "insufficient_scope");
        assertProblem(stranger.post(DATASETS + "/infer", "{\"events\": [{}]}"), 403, "insufficient_scope");
        assertProblem(service.anonymous().get(DATASETS), 401, "unauthenticated");
    }

    @Test
    void thePlatformMayWorkForATenant() {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> made = service.platform()
                .post(DATASETS + "?tenant_id=" + customer.tenant(), SMALL.formatted("by_the_platform"));

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(datasets(customer, "")).hasSize(1);
        assertProblem(service.platform().get(DATASETS + "?tenant_id=ten_nobody"), 404, "not_found");
    }

    private static List<JsonObject> datasets(Customer customer, String query) {
        return datasets(customer.caller().get(DATASETS + query));
    }

    private static List<JsonObject> datasets(HttpResponse<Buffer> page) {
        JsonArray data = page.bodyAsJsonObject().getJsonArray("data");
        return data.stream().map(JsonObject.class::cast).toList();
    }
}
