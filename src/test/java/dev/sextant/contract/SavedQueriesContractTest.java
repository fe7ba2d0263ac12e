package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries that are kept by name: made, changed, run with changes, gone. */
@Timeout(60)
@Covers({
    "createSavedQuery",
    "listSavedQueries",
    "getSavedQuery",
    "replaceSavedQuery",
    "deleteSavedQuery",
    "runSavedQuery"
})
class SavedQueriesContractTest {

    private static final String PATH = "/api/v2/saved-queries";
    private static final String BY_COUNTRY =
            "{'dataset':'sales','dimensions':['country'],'measures':[{'agg':'count'}],'totals':false,"
                    + "'filter':{'field':'action','op':'eq','value':'purchase'}}";

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    private static Customer filled() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        return customer;
    }

    private static String text(String name, String query) {
        return "{'name':'%s','query':%s}".formatted(name, query).replace('\'', '"');
    }

    private static JsonObject save(Customer customer, String name) {
        HttpResponse<Buffer> made = customer.caller().post(PATH, text(name, BY_COUNTRY));
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        return made.bodyAsJsonObject();
    }

    private static String path(JsonObject saved) {
        return PATH + "/" + saved.getString("id");
    }

    private static HttpResponse<Buffer> run(Customer customer, JsonObject saved, String changes) {
        return customer.caller().post(path(saved) + "/run", changes.replace('\'', '"'));
    }

    private static HttpResponse<Buffer> put(Customer customer, JsonObject saved, String text, String ifMatch) {
        return customer.caller()
                .send(
                        customer.caller().json(HttpMethod.PUT, path(saved)).putHeader("if-match", ifMatch),
                        Buffer.buffer(text));
    }

    @Test
    void isKeptAndRun() {
        Customer customer = filled();

        HttpResponse<Buffer> made = customer.caller().post(PATH, text("by country", BY_COUNTRY));
        JsonObject saved = made.bodyAsJsonObject();

        assertThat(made.getHeader("etag")).isEqualTo("\"1\"");
        assertThat(made.getHeader("location")).isEqualTo(path(saved));
        assertThat(saved.getString("created_by")).isEqualTo(customer.keyId());
        assertThat(customer.caller().get(path(saved)).bodyAsJsonObject()).isEqualTo(saved);
        JsonObject answer = run(customer, saved, "{}").bodyAsJsonObject();
        assertThat(Sales.rows(answer)).containsExactly("[\"DE\",3]", "[\"ES\",1]", "[\"FR\",2]", "[null,1]");
    }

    @Test
    void oneRunMayDiffer() {
        Customer customer = filled();
        JsonObject saved = save(customer, "by country");

        JsonObject narrower = run(customer, saved, "{'filter':{'field':'city','op':'eq','value':'Berlin'}}")
                .bodyAsJsonObject();
        JsonObject earlier = run(
                        customer,
                        saved,
                        "{'time_range':{'from':'2026-03-28T00:00:00Z','to':'2026-03-29T00:00:00Z'},'limit':1}")
                .bodyAsJsonObject();
        JsonObject price = run(customer, saved, "{'dry_run':true}").bodyAsJsonObject();

        assertThat(Sales.rows(narrower)).containsExactly("[\"DE\",2]");
        assertThat(Sales.rows(earlier)).containsExactly("[\"DE\",2]");
        assertThat(price.getJsonObject("cost").getLong("quoted")).isEqualTo(1);
        assertThat(Sales.rows(run(customer, saved, "{}").bodyAsJsonObject())).hasSize(4);
    }

    @Test
    void pagesGoOn() {
        Customer customer = filled();
        JsonObject saved = save(customer, "by country");

        JsonObject first = run(customer, saved, "{'limit':3}").bodyAsJsonObject();
        JsonObject second = run(customer, saved, "{'limit':3,'cursor':'%s'}".formatted(first.getString("next_cursor")))
                .bodyAsJsonObject();

        assertThat(Sales.rows(first)).hasSize(3);
        assertThat(Sales.rows(second)).containsExactly("[null,1]");
    }

    @Test
    void whatCannotBeMeantIsNotKept() {
        Customer customer = filled();

        HttpResponse<Buffer> refused =
                customer.caller().post(PATH, text("bad", "{'dataset':'sales','measures':[{'measure':'none'}]}"));

        assertProblem(refused, 422, "unknown_field");
        assertThat(Problems.errors(refused)).containsExactly("/query/measures/0/measure unknown_field");
        assertProblem(customer.caller().post(PATH, text("bad", "{'dataset':'nowhere'}")), 404, "not_found");
        assertThat(customer.caller().get(PATH).bodyAsJsonObject().getJsonArray("data"))
                .isEmpty();
    }

    private static final String OPEN = """
            {'name':'open','parameters':[{'name':'l','type':'long'%s}],'query':{'dataset':'sales','dimensions':['country'],
             'measures':[{'agg':'count','as':'n'}],'filter':{'field':'amount','op':'gt','value':{'param':'l'}}}}""";

    @Test
    void aParameterIsWhatItsFieldTakes() {
        Customer customer = filled();
        JsonObject saved = customer.caller()
                .post(PATH, OPEN.formatted("").replace('\'', '"'))
                .bodyAsJsonObject();

        HttpResponse<Buffer> text = run(customer, saved, "{'parameters':{'l':'1'}}");
        HttpResponse<Buffer> fraction = run(customer, saved, "{'parameters':{'l':5.5}}");
        HttpResponse<Buffer> whole = run(customer, saved, "{'parameters':{'l':2500.0}}");
        HttpResponse<Buffer> byDefault =
                customer.caller().post(PATH, OPEN.formatted(",'default':'1'").replace('\'', '"'));

        assertProblem(text, 422, "type_mismatch");
        assertThat(Problems.errors(text)).containsExactly("/parameters/l type_mismatch");
        assertThat(Problems.errors(fraction)).containsExactly("/parameters/l type_mismatch");
        assertThat(Problems.errors(byDefault)).containsExactly("/parameters/0/default type_mismatch");
        assertThat(Sales.rows(whole.bodyAsJsonObject())).containsExactly("[\"ES\",1]");
    }

    @Test
    void whatIsWrongWithARunIsToldWhereTheRunSaysIt() {
        Customer customer = filled();
        JsonObject saved = customer.caller()
                .post(PATH, OPEN.formatted(",'default':1").replace('\'', '"'))
                .bodyAsJsonObject();

        HttpResponse<Buffer> refused =
                run(customer, saved, "{'filter':{'or':[{'field':'amount','op':'eq','value':'x'}]}}");

        assertProblem(refused, 422, "type_mismatch");
        assertThat(Problems.errors(refused)).containsExactly("/filter/or/0/value type_mismatch");
    }

    @Test
    void beginsWithItsFirstPage() {
        Customer customer = filled();

        HttpResponse<Buffer> refused = customer.caller()
                .post(
                        PATH,
                        text(
                                "page",
                                "{'dataset':'sales','measures':[{'agg':'count'}],'dimensions':['city'],'cursor':'x'}"));

        assertProblem(refused, 422, "invalid_query");
        assertThat(Problems.errors(refused)).containsExactly("/query/cursor invalid_query");
    }

    @Test
    void aNameIsTakenOnce() {
        Customer customer = filled();
        save(customer, "mine");
        JsonObject other = save(customer, "other");

        assertProblem(customer.caller().post(PATH, text("mine", BY_COUNTRY)), 409, "already_exists");
        assertProblem(put(customer, other, text("mine", BY_COUNTRY), "*"), 409, "already_exists");
    }

    @Test
    void changesKnowWhatTheyChange() {
        Customer customer = filled();
        JsonObject saved = save(customer, "mine");

        HttpResponse<Buffer> changed = put(customer, saved, text("renamed", BY_COUNTRY), "\"1\"");

        assertThat(changed.getHeader("etag")).isEqualTo("\"2\"");
        assertThat(changed.bodyAsJsonObject().getString("name")).isEqualTo("renamed");
        assertProblem(put(customer, saved, text("late", BY_COUNTRY), "\"1\""), 412, "precondition_failed");
    }

    @Test
    void isGoneWhenDeleted() {
        Customer customer = filled();
        JsonObject saved = save(customer, "mine");

        assertThat(customer.caller().delete(path(saved)).statusCode()).isEqualTo(204);

        assertProblem(customer.caller().get(path(saved)), 404, "not_found");
        assertProblem(customer.caller().delete(path(saved)), 404, "not_found");
        assertProblem(run(customer, saved, "{}"), 404, "not_found");
    }

    @Test
    void isListedPageByPage() {
        Customer customer = filled();
        JsonObject first = save(customer, "a");
        JsonObject second = save(customer, "b");

        HttpResponse<Buffer> page = customer.caller().get(PATH + "?limit=1");
        String cursor = page.bodyAsJsonObject().getString("next_cursor");
        JsonObject rest =
                customer.caller().get(PATH + "?limit=1&cursor=" + cursor).bodyAsJsonObject();

        assertThat(page.bodyAsJsonObject().getJsonArray("data")).containsExactly(first);
        assertThat(page.getHeader("link")).contains("rel=\"next\"");
        assertThat(rest.getJsonArray("data")).containsExactly(second);
        assertThat(rest.getBoolean("has_more")).isFalse();
    }

    @Test
    void anotherTenantSeesNothing() {
        JsonObject saved = save(filled(), "mine");
        Customer other = filled();

        assertProblem(other.caller().get(path(saved)), 404, "not_found");
        assertProblem(other.caller().delete(path(saved)), 404, "not_found");
        assertProblem(run(other, saved, "{}"), 404, "not_found");
        assertProblem(put(other, saved, text("stolen", BY_COUNTRY), "*"), 404, "not_found");
        assertThat(other.caller().get(PATH).bodyAsJsonObject().getJsonArray("data"))
                .isEmpty();
    }

    private static final String OF_COUNTRIES = """
            {"name": "of countries", "query": {"dataset": "sales", "dimensions": ["country"], "measures": [{"agg": "count"},
              {"agg": "count", "as": "large", "filter": {"field": "amount", "op": "gte", "value": {"param": "least"}}}],
              "filter": {"and": [{"field": "country", "op": "in", "value": {"param": "countries"}},
                {"field": "time", "op": "gte", "value": {"param": "since"}}]}},
             "parameters": [{"name": "countries", "type": "string", "list": true},
               {"name": "least", "type": "long", "default": 1000, "description": "In cents"},
               {"name": "since", "type": "timestamp", "default": "2026-03-28T23:00:00Z"}]}""";

    private static JsonObject saveOfCountries(Customer customer) {
        HttpResponse<Buffer> made = customer.caller().post(PATH, OF_COUNTRIES);
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        return made.bodyAsJsonObject();
    }

    @Test
    void takesParametersWithDefaults() {
        Customer customer = filled();
        JsonObject saved = saveOfCountries(customer);

        JsonObject byDefault =
                run(customer, saved, "{'parameters':{'countries':['DE','FR']}}").bodyAsJsonObject();
        JsonObject given = run(
                        customer,
                        saved,
                        "{'parameters':{'countries':['DE'],'least':2500,'since':'2026-01-01T00:00:00Z'}}")
                .bodyAsJsonObject();

        assertThat(Sales.rows(byDefault)).containsExactly("[\"DE\",3,2]", "[\"FR\",2,0]");
        assertThat(Sales.rows(given)).containsExactly("[\"DE\",4,1]");
        assertThat(customer.caller().get(path(saved)).bodyAsJsonObject()).isEqualTo(saved);
        assertThat(saved.getJsonArray("parameters")).hasSize(3);
    }

    @Test
    void refusesParametersThatLackOrAreUnknownOrOfAnotherType() {
        Customer customer = filled();
        JsonObject saved = saveOfCountries(customer);

        assertRefused(run(customer, saved, "{}"), "invalid_query", "/parameters/countries");
        assertRefused(
                run(customer, saved, "{'parameters':{'countries':'DE'}}"), "type_mismatch", "/parameters/countries");
        assertRefused(
                run(customer, saved, "{'parameters':{'countries':[]}}"), "type_mismatch", "/parameters/countries");
        for (String no : List.of("1.5", "9223372036854775808", "'9223372036854775808'")) {
            assertRefused(
                    run(customer, saved, "{'parameters':{'countries':['DE'],'least':%s}}".formatted(no)),
                    "type_mismatch",
                    "/parameters/least");
        }
        assertRefused(
                run(customer, saved, "{'parameters':{'countries':['DE'],'since':'2026-02-31T00:00:00Z'}}"),
                "type_mismatch",
                "/parameters/since");
        assertRefused(
                run(customer, saved, "{'parameters':{'countries':['DE'],'country':'DE'}}"),
                "unknown_field",
                "/parameters/country");
    }

    @Test
    void refusesToKeepParametersThatAreNotThoseOfTheQuery() {
        Customer customer = filled();

        assertRefused(
                customer.caller().post(PATH, OF_COUNTRIES.replace("\"param\": \"least\"", "\"param\": \"most\"")),
                "unknown_field",
                "/query/measures/1/filter/value");
        assertRefused(
                customer.caller().post(PATH, OF_COUNTRIES.replace("\"default\": 1000", "\"default\": \"many\"")),
                "type_mismatch",
                "/parameters/1/default");
        assertRefused(
                customer.caller()
                        .post(PATH, OF_COUNTRIES.replace("{\"param\": \"since\"}", "\"2026-03-28T23:00:00Z\"")),
                "invalid_query",
                "/parameters/2");
        assertRefused(
                customer.caller()
                        .post(
                                PATH,
                                OF_COUNTRIES.replace("\"type\": \"long\", \"default\": 1000", "\"type\": \"boolean\"")),
                "type_mismatch",
                "/query/measures/1/filter/value");
    }

    private static void assertRefused(HttpResponse<Buffer> response, String code, String pointer) {
        Problems.assertProblem(response, 422, code);
        assertThat(response.bodyAsJsonObject()
                        .getJsonArray("errors")
                        .getJsonObject(0)
                        .getString("pointer"))
                .isEqualTo(pointer);
    }
}
