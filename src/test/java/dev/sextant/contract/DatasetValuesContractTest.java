package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that a field has. */
@Timeout(60)
@Covers("getDatasetValues")
class DatasetValuesContractTest {

    private static final String VALUES = Sales.DATASETS + "/visits/values";
    private static final String EVENTS = Sales.DATASETS + "/visits/events";

    private static Service service;

    /** Nobody adds to what it has. */
    private static Customer visited;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        visited = withVisits();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    private static Customer withVisits() {
        Customer customer = service.newCustomer();
        customer.caller().post(Sales.DATASETS, """
                {"name": "visits", "model": {"dimensions": [
                  {"name": "city", "type": "string"}, {"name": "count", "type": "long"}, {"name": "paid", "type": "boolean"},
                  {"name": "weight", "type": "double"}, {"name": "left", "type": "timestamp"},
                  {"name": "extra", "type": "json"}]}}""");
        Sales.send(customer, EVENTS, """
                [{"time": "2026-03-01T00:00:00Z", "city": "Bern", "count": 7, "paid": true, "plan": "pro", "weight": 2.0},
                 {"time": "2026-03-02T00:00:00Z", "city": "Bern", "count": 9007199254740993, "paid": true, "weight": 0.5},
                 {"time": "2026-03-03T00:00:00Z", "city": "Bonn", "count": 7, "paid": false, "plan": "free"},
                 {"time": "2026-03-04T00:00:00Z", "city": "aachen", "plan": "pro", "left": "2026-03-04T00:00:01.5Z"},
                 {"time": "2026-03-05T00:00:00Z", "city": "Århus", "extra": {"a": "x"}},
                 {"time": "2026-03-06T00:00:00Z", "city": "ÅRE"},
                 {"time": "2026-03-07T00:00:00Z", "city": "100%_"},
                 {"time": "2026-03-08T00:00:00Z"}]""");
        return customer;
    }

    @Test
    void tellsTheMostFrequentFirstThenByValue() {
        JsonObject answer = get("?field=city");

        assertThat(answer.fieldNames()).containsExactlyInAnyOrder("field", "data", "has_more", "data_version");
        assertThat(answer.getString("field")).isEqualTo("city");
        assertThat(answer.getBoolean("has_more")).isFalse();
        assertThat(counted(answer)).containsExactly("Bern 2", "100%_ 1", "Bonn 1", "aachen 1", "ÅRE 1", "Århus 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "field=city&prefix=B                          | Bern 2, Bonn 1",
                "field=city&prefix=Be                         | Bern 2",
                "field=city&prefix=b                          | ''",
                "field=city&prefix=b&ignore_case=true         | Bern 2, Bonn 1",
                "field=city&prefix=BO&ignore_case=true        | Bonn 1",
                "field=city&prefix=%C3%85r                    | Århus 1",
                "field=city&prefix=%C3%A5r&ignore_case=true   | ÅRE 1, Århus 1",
                "field=city&prefix=100%25                     | 100%_ 1",
                "field=city&prefix=%25                        | ''",
                "field=city&prefix=_&ignore_case=true         | ''",
                "field=city&prefix=%27%20OR%201=1             | ''",
                "field=city&prefix=%27%20OR%201=1&ignore_case=true | ''",
                "field=city&prefix=&limit=2                   | Bern 2, 100%_ 1",
                "field=properties.plan                        | pro 2, free 1",
                "field=properties.plan&prefix=p               | pro 2",
                "field=properties.plan&prefix=P&ignore_case=true | pro 2",
                "field=extra.a                                | x 1",
                "field=source                                 | api 8"
            })
    void tellsTheTextsThatBeginSo(String query, String expected) {
        assertThat(String.join(", ", counted(get("?" + query)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "paid   | true 2, false 1",
                "count  | 7 2, 9007199254740993 1",
                "weight | 0.5 1, 2.0 1",
                "left   | 2026-03-04T00:00:01.500Z 1"
            })
    void tellsValuesOfEachType(String field, String expected) {
        assertThat(String.join(", ", counted(get("?field=" + field)))).isEqualTo(expected);
    }

    @Test
    void aNumberIsANumberUnlessReadersWouldSpoilIt() {
        assertThat(get("?field=count").getJsonArray("data").encode())
                .isEqualTo("[{\"value\":7,\"count\":2},{\"value\":\"9007199254740993\",\"count\":1}]");
        assertThat(get("?field=paid").getJsonArray("data").encode())
                .isEqualTo("[{\"value\":true,\"count\":2},{\"value\":false,\"count\":1}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=2026-03-02T00:00:00Z&to=2026-03-04T00:00:00Z | Bern 1, Bonn 1",
                "from=2026-03-06T00:00:00Z                         | 100%_ 1, ÅRE 1",
                "to=2026-03-01T00:00:00.000001Z                    | Bern 1",
                "to=2026-03-01T00:00:00Z                           | ''",
                "from=2026-03-03T01:00:00%2B01:00&to=2026-03-03T00:00:01Z | Bonn 1",
                "from=2026-03-02T00:00:00Z&prefix=b&ignore_case=true      | Bern 1, Bonn 1"
            })
    void looksAtARangeOfTime(String range, String expected) {
        assertThat(String.join(", ", counted(get("?field=city&" + range)))).isEqualTo(expected);
    }

    @Test
    void saysWhetherThereAreMore() {
        assertThat(get("?field=city&limit=5").getBoolean("has_more")).isTrue();
        assertThat(counted(get("?field=city&limit=5"))).hasSize(5);
        assertThat(get("?field=city&limit=6").getBoolean("has_more")).isFalse();
        assertThat(get("?field=city&limit=1000").getBoolean("has_more")).isFalse();
    }

    @Test
    void countsWhatHasJustCome() {
        Customer customer = withVisits();
        JsonObject before = get(customer, "?field=city&prefix=Bonn");

        Sales.send(customer, EVENTS, "[{\"city\": \"Bonn\"}]");

        JsonObject after = get(customer, "?field=city&prefix=Bonn");
        assertThat(counted(before)).containsExactly("Bonn 1");
        assertThat(counted(after)).containsExactly("Bonn 2");
        assertThat(after.getString("data_version")).isNotEqualTo(before.getString("data_version"));
    }

    @Test
    void asksTheEngineOnceForTheSame() {
        Customer customer = withVisits();

        get(customer, "?field=city&prefix=B");
        get(customer, "?field=city&prefix=B");

        assertThat(service.engine().runs(customer.tenant())).isEqualTo(1);
    }

    @Test
    void isRefusedWhereTheEngineIsFull() {
        Customer customer = withVisits();
        service.engine().beFull(true);

        HttpResponse<Buffer> refused = customer.caller().get(VALUES + "?field=city");

        service.engine().beFull(false);
        assertProblem(refused, 503, "temporary_reduced_capacity");
    }

    @Test
    void anEmptyDatasetHasNoValues() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "visits");

        assertThat(get(customer, "?field=country").getJsonArray("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "field=ctiy                                | field unknown_field",
                "field=city%22--                           | field unknown_field",
                "field=city.x                              | field unknown_field",
                "field=extra                               | field type_mismatch",
                "field=properties                          | field type_mismatch",
                "field=count&prefix=7                      | prefix type_mismatch",
                "field=paid&prefix=t                       | prefix type_mismatch",
                "field=time&prefix=2026&ignore_case=true   | prefix type_mismatch",
                "field=city&prefix=%00                     | prefix invalid_request",
                "field=city&from=yesterday                 | from invalid_request",
                "field=city&from=2026-03-01                | from invalid_request",
                "field=city&to=                            | to invalid_request",
                "field=city&from=2026-03-01T00:00:00.0000001Z | from invalid_query",
                "field=city&to=0000-01-01T00:00:00Z        | to invalid_request",
                "field=city&from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z | to invalid_query",
                "prefix=B                                  | field invalid_request",
                "field=                                    | field invalid_request",
                "field=city&field=count                    | field invalid_request",
                "field=city&limit=0                        | limit invalid_request",
                "field=city&limit=1001                     | limit invalid_request",
                "field=city&ignore_case=yes                | ignore_case invalid_request",
                "field=city&cursor=a                       | cursor invalid_request"
            })
    void refusesWhatItDoesNotUnderstand(String query, String error) {
        HttpResponse<Buffer> refused = visited.caller().get(VALUES + "?" + query);

        String[] parameterAndCode = error.split(" ", 2);
        assertProblem(refused, 422, parameterAndCode[1]);
        assertThat(errors(refused))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one).startsWith(parameterAndCode[0] + " "));
    }

    @Test
    void saysWhichFieldMayHaveBeenMeant() {
        HttpResponse<Buffer> refused = visited.caller().get(VALUES + "?field=citty");

        assertThat(refused.bodyAsJsonObject().getString("detail"))
                .isEqualTo("Field 'citty' does not exist; did you mean 'city'?");
    }

    @Test
    void theDatasetOfAnotherTenantIsNone() {
        Customer curious = service.newCustomer();

        assertProblem(curious.caller().get(VALUES + "?field=city"), 404, "not_found");
        assertProblem(
                curious.caller().get(VALUES + "?field=city&tenant_id=" + visited.tenant()), 403, "tenant_mismatch");
        Sales.create(curious, "visits");
        assertThat(get(curious, "?field=city").getJsonArray("data")).isEmpty();
    }

    @Test
    void thereAreNoValuesOfADatasetThatThereIsNot() {
        assertProblem(visited.caller().get(Sales.DATASETS + "/nothing/values?field=city"), 404, "not_found");
    }

    @Test
    void asksForTheScope() {
        Caller writer = service.platform()
                .as(Service.newKey(visited.caller(), visited.tenant(), List.of("events:write"))
                        .getString("key"));

        assertProblem(writer.get(VALUES + "?field=city"), 403, "insufficient_scope");
        assertProblem(service.anonymous().get(VALUES + "?field=city"), 401, "unauthenticated");
    }

    private static JsonObject get(String query) {
        return get(visited, query);
    }

    private static JsonObject get(Customer customer, String query) {
        HttpResponse<Buffer> response = customer.caller().get(VALUES + query);
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
        return response.bodyAsJsonObject();
    }

    /** Each value and its count. */
    private static List<String> counted(JsonObject answer) {
        return answer.getJsonArray("data").stream()
                .map(JsonObject.class::cast)
                .map(one -> one.getValue("value") + " " + one.getLong("count"))
                .toList();
    }
}
