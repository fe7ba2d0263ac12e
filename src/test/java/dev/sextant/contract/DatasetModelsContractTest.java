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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a dataset's model may say, and how it may grow. */
@Timeout(60)
@Covers({"updateDataset", "inferDataset"})
class DatasetModelsContractTest {

    private static final String SALES = Sales.DATASETS + "/sales";
    private static final String INFER = Sales.DATASETS + "/infer";

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'measures':[{'name':'m','agg':'sum','field':'amont'}],'dimensions':[{'name':'amount','type':'long'}]} | unknown_field | /model/measures/0/field unknown_field",
                "{'measures':[{'name':'m','agg':'sum','field':'c'}],'dimensions':[{'name':'c','type':'string'}]} | type_mismatch | /model/measures/0/field type_mismatch",
                "{'measures':[{'name':'m','agg':'median'}]}                              | invalid_model | /model/measures/0/agg invalid_model",
                "{'measures':[{'name':'m; DROP','agg':'count'}]}                         | invalid_model | /model/measures/0/name invalid_model",
                "{'measures':[{'name':'m','agg':'expression','expr':'a'}]}               | unknown_field | /model/measures/0/expr unknown_field",
                "{'measures':[{'name':'m','agg':'count'},{'name':'M','agg':'count'}]}    | invalid_model | /model/measures/1/name invalid_model",
                "{'dimensions':[{'name':'a','type':'long'},{'name':'A','type':'long'}]}  | invalid_model | /model/dimensions/1/name invalid_model",
                "{'dimensions':[{'name':'event_id','type':'string'}]}                    | invalid_model | /model/dimensions/0/name invalid_model",
                "{'dimensions':[{'name':'__time','type':'timestamp'}]}                   | invalid_model | /model/dimensions/0/name invalid_model",
                "{'dimensions':[{'name':'a\\\"b','type':'long'}]}                        | invalid_model | /model/dimensions/0/name invalid_model",
                "{'value':'v','dimensions':[{'name':'v','type':'string'}]}               | type_mismatch | /model/value type_mismatch",
                "{'entity':'time'}                                                       | invalid_model | /model/entity invalid_model",
                "{'hierarchies':[{'name':'h','levels':['a','b']}]}                       | unknown_field | /model/hierarchies/0/levels/0 unknown_field, /model/hierarchies/0/levels/1 unknown_field",
                "{'segments':[{'name':'s','filter':{'field':'x','op':'eq','value':1}}]}  | unknown_field | /model/segments/0/filter/field unknown_field",
                "{'segments':[{'name':'s','filter':{'segment':'s'}}]}                    | unknown_field | /model/segments/0/filter/segment unknown_field"
            })
    void refusesAModelThatCannotBeMeant(String model, String code, String error) {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> refused = customer.caller()
                .post(Sales.DATASETS, "{\"name\": \"sales\", \"model\": %s}".formatted(model.replace('\'', '"')));

        assertProblem(refused, 422, code);
        assertThat(errors(refused)).containsExactly(error.split(", ", -1));
        assertProblem(customer.caller().get(SALES), 404, "not_found");
    }

    @Test
    void addsWhatIsNewAndCountsTheVersion() {
        Customer customer = withSales();

        HttpResponse<Buffer> changed = customer.caller().patch(SALES, """
                {"description": "more", "model": {
                  "session": "visit",
                  "dimensions": [{"name": "browser", "type": "string"}],
                  "measures": [{"name": "heaviest", "agg": "max", "field": "weight"}]}}""");

        assertThat(changed.statusCode()).as(changed.bodyAsString()).isEqualTo(200);
        assertThat(changed.getHeader("etag")).isEqualTo("\"2\"");
        JsonObject dataset = changed.bodyAsJsonObject();
        assertThat(dataset.getInteger("version")).isEqualTo(2);
        assertThat(dataset.getString("description")).isEqualTo("more");
        assertThat(dataset.getJsonObject("model").getString("session")).isEqualTo("visit");
        assertThat(dataset.getJsonObject("model").getJsonArray("dimensions")).hasSize(9);
        assertThat(dataset.getJsonObject("model").getJsonArray("measures")).hasSize(4);
        assertThat(dataset.getString("updated_at")).isGreaterThanOrEqualTo(dataset.getString("created_at"));
        assertThat(customer.caller().get(SALES).bodyAsJsonObject()).isEqualTo(dataset);
    }

    @Test
    void whatIsAddedCanBeSentAndAskedAtOnce() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        Sales.ask(customer, "{'dataset':'sales','measures':[{'agg':'count'}]}");

        customer.caller().patch(SALES, """
                {"model": {"dimensions": [{"name": "color", "type": "string"}],
                           "measures": [{"name": "colors", "agg": "count_distinct", "field": "color"}]}}""");
        Sales.send(customer, Sales.EVENTS_PATH, "{\"event_id\": \"n1\", \"color\": \"green\"}");

        JsonObject answer =
                Sales.ask(customer, "{'dataset':'sales','measures':[{'measure':'colors'},{'agg':'count'}]}");
        // The colours that came before stay properties: they were not declared then.
        assertThat(Sales.rows(answer)).containsExactly("[1,9]");
    }

    @Test
    void sayingAgainWhatIsThereIsNoChange() {
        Customer customer = withSales();

        HttpResponse<Buffer> again = customer.caller().patch(SALES, "{\"model\": " + Sales.MODEL + "}");

        assertThat(again.statusCode()).as(again.bodyAsString()).isEqualTo(200);
        assertThat(again.bodyAsJsonObject().getJsonObject("model").getJsonArray("dimensions"))
                .hasSize(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'dimensions':[{'name':'amount','type':'double'}]}             | /model/dimensions/0 incompatible_change",
                "{'dimensions':[{'name':'AMOUNT','type':'long'}]}               | /model/dimensions/0 incompatible_change",
                "{'entity':'customer'}                                          | /model/entity incompatible_change",
                "{'entity':null}                                                | /model/entity incompatible_change",
                "{'time':'at'}                                                  | /model/time incompatible_change",
                "{'measures':[{'name':'orders','agg':'sum','field':'amount'}]}  | /model/measures/0 incompatible_change",
                "{'hierarchies':[{'name':'place','levels':['city','country']}]} | /model/hierarchies/0 incompatible_change",
                "{'segments':[{'name':'gifts','filter':{'field':'gift','op':'eq','value':false}}]} | /model/segments/0 incompatible_change"
            })
    void refusesToChangeWhatIsThere(String model, String error) {
        Customer customer = withSales();

        HttpResponse<Buffer> refused =
                customer.caller().patch(SALES, "{\"model\": %s}".formatted(model.replace('\'', '"')));

        assertProblem(refused, 422, "incompatible_change");
        assertThat(errors(refused)).containsExactly(error);
        assertThat(customer.caller().get(SALES).bodyAsJsonObject().getInteger("version"))
                .isEqualTo(1);
    }

    @Test
    void changesNothingWhereTheVersionIsAnother() {
        Customer customer = withSales();
        customer.caller().patch(SALES, "{\"description\": \"second\"}");

        assertProblem(describeIfMatch(customer, "\"1\""), 412, "precondition_failed");
        assertProblem(describeIfMatch(customer, "W/\"2\""), 412, "precondition_failed");
        assertThat(describeIfMatch(customer, "\"2\"").statusCode()).isEqualTo(200);
        assertThat(describeIfMatch(customer, "*").statusCode()).isEqualTo(200);
    }

    @Test
    void theDefaultGivesWayToAnother() {
        Customer customer = service.newCustomer();
        for (String name : new String[] {"first", "second"}) {
            customer.caller().post(Sales.DATASETS, "{\"name\": \"%s\", \"model\": {}}".formatted(name));
        }

        customer.caller().patch(Sales.DATASETS + "/first", "{\"default\": true}");
        customer.caller().patch(Sales.DATASETS + "/second", "{\"default\": true}");

        assertThat(isDefault(customer, "first")).isFalse();
        assertThat(isDefault(customer, "second")).isTrue();
        customer.caller().patch(Sales.DATASETS + "/second", "{\"default\": false}");
        assertThat(isDefault(customer, "second")).isFalse();
    }

    @Test
    void refusesAChangeOfNothing() {
        Customer customer = withSales();

        assertProblem(customer.caller().patch(SALES, "{}"), 422, "invalid_request");
        assertProblem(customer.caller().patch(SALES, "{\"name\": \"other\"}"), 422, "invalid_request");
        assertProblem(customer.caller().patch(Sales.DATASETS + "/nothing", "{\"default\": true}"), 404, "not_found");
    }

    @Test
    void proposesAModelForSamples() {
        HttpResponse<Buffer> proposed = service.newCustomer().caller().post(INFER, """
                {"events": [
                  {"timestamp": "2026-03-28T22:30:00Z", "user_id": "u1", "event": "view", "country": "DE", "city": "Bonn",
                   "amount": 5, "first visit": true},
                  {"timestamp": "2026-03-28T22:31:00Z", "user_id": "u2", "event": "buy", "amount": 7.5, "vip": true}]}""");

        assertThat(proposed.statusCode()).as(proposed.bodyAsString()).isEqualTo(200);
        JsonObject model = proposed.bodyAsJsonObject().getJsonObject("model");
        assertThat(model.getString("time")).isEqualTo("timestamp");
        assertThat(model.getString("entity")).isEqualTo("user_id");
        assertThat(model.getString("event")).isEqualTo("event");
        assertThat(model.getString("value")).isEqualTo("amount");
        assertThat(model.getJsonArray("hierarchies"))
                .isEqualTo(new JsonArray("[{\"name\":\"place\",\"levels\":[\"country\",\"city\"]}]"));
        assertThat(model.getJsonArray("dimensions"))
                .contains(
                        new JsonObject("{\"name\":\"amount\",\"type\":\"double\"}"),
                        new JsonObject("{\"name\":\"vip\",\"type\":\"boolean\"}"));
        assertThat(proposed.bodyAsJsonObject().getJsonArray("guesses").encode())
                .contains("'first visit' stays a property");
    }

    @Test
    void theProposalCanBePostedAsItIs() {
        Customer customer = service.newCustomer();
        JsonArray samples = new JsonArray("[" + String.join(",", Sales.EVENTS) + "]");
        JsonObject model = customer.caller()
                .post(INFER, new JsonObject().put("events", samples).encode())
                .bodyAsJsonObject()
                .getJsonObject("model");

        HttpResponse<Buffer> made = customer.caller()
                .post(
                        Sales.DATASETS,
                        new JsonObject()
                                .put("name", "sales")
                                .put("model", model)
                                .encode());

        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        assertThat(Sales.send(customer, Sales.EVENTS_PATH, samples.encode())
                        .bodyAsJsonObject()
                        .getInteger("accepted"))
                .isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                    | /events missing_field",
                "{\"events\": []}      | /events wrong_length",
                "{\"events\": [1]}     | /events/0 type_mismatch",
                "{\"events\": [null]}  | /events/0 type_mismatch",
                "{\"events\": [{}], \"name\": \"x\"} | /name unknown_field"
            })
    void refusesWhatAreNoSamples(String body, String error) {
        HttpResponse<Buffer> refused = service.newCustomer().caller().post(INFER, body);

        assertProblem(refused, 422, "invalid_request");
        assertThat(errors(refused)).containsExactly(error);
    }

    private static Customer withSales() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        return customer;
    }

    private static boolean isDefault(Customer customer, String name) {
        return customer.caller()
                .get(Sales.DATASETS + "/" + name)
                .bodyAsJsonObject()
                .getBoolean("default");
    }

    private static HttpResponse<Buffer> describeIfMatch(Customer customer, String etag) {
        return customer.caller()
                .send(
                        customer.caller().json(HttpMethod.PATCH, SALES).putHeader("if-match", etag),
                        Buffer.buffer("{\"description\": \"other\"}"));
    }
}
