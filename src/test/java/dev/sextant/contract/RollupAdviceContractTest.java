package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Covers("adviseRollups")
@Timeout(60)
class RollupAdviceContractTest {

    private static final String VISITS = Sales.DATASETS + "/visits";
    private static final String ADVICE = VISITS + "/rollups/advice";
    private static final List<String> CHANNELS = List.of("web", "app", "store");
    private static final List<String> COUNTRIES = List.of("DE", "FR", "ES", "IT");

    private static final String OF_A_COUNTRY = "{'dataset':'visits','dimensions':['channel'],'measures':"
            + "[{'agg':'sum','field':'amount','as':'money'}],'filter':{'field':'country','op':'eq','value':'%s'}}";
    private static final String BY_HOUR = "{'dataset':'visits','dimensions':[{'time':'time','grain':'1h'}],'measures':"
            + "[{'agg':'avg','field':'amount'},{'measure':'gift_share'}],'filter':{'field':'channel','op':'ne','value':'%s'}}";
    private static final String USERS =
            "{'dataset':'visits','dimensions':['channel'],'measures':[{'agg':'count_distinct','field':'user'}]}";

    private static Service service;
    private Customer shop;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @BeforeEach
    void fill() {
        shop = service.newCustomer();
        fill(shop);
    }

    /** Six hundred visits in two hours, of three channels in four countries: 24 groups an hour long. */
    private static void fill(Customer customer) {
        HttpResponse<Buffer> made = customer.caller().post(Sales.DATASETS, """
                {"name": "visits", "model": {"time": "time", "entity": "user", "dimensions": [
                  {"name": "channel", "type": "string"}, {"name": "country", "type": "string"},
                  {"name": "amount", "type": "long"}, {"name": "gift", "type": "boolean"}],
                 "measures": [{"name": "gift_share", "agg": "ratio", "of": [
                   {"agg": "count", "filter": {"field": "gift", "op": "eq", "value": true}}, {"agg": "count"}]}]}}""");
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        JsonArray events = new JsonArray();
        for (int i = 0; i < 600; i++) {
            events.add(new JsonObject()
                    .put("time", "2026-03-28T%02d:%02d:00Z".formatted(10 + i / 300, i % 60))
                    .put("user", "u" + i % 50)
                    .put("channel", CHANNELS.get(i % 3))
                    .put("country", COUNTRIES.get(i % 4))
                    .put("amount", i)
                    .put("gift", i % 2 == 0));
        }
        Sales.send(customer, VISITS + "/events", events.encode());
    }

    private void askAll() {
        COUNTRIES.forEach(country -> Sales.ask(shop, OF_A_COUNTRY.formatted(country)));
        CHANNELS.forEach(channel -> Sales.ask(shop, BY_HOUR.formatted(channel)));
        Sales.ask(shop, USERS);
    }

    private JsonObject advice() {
        HttpResponse<Buffer> response = shop.caller().get(ADVICE);
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
        return response.bodyAsJsonObject();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    private static List<String> reasons(JsonObject advice) {
        return objects(advice.getJsonArray("others"))
                .map(other -> other.getString("reason"))
                .toList();
    }

    @Test
    void advisesOneRollupForQueriesThatItWouldAnswerTogether() {
        askAll();

        JsonObject advice = advice();

        assertThat(advice.getJsonArray("data")).hasSize(1);
        JsonObject advised = advice.getJsonArray("data").getJsonObject(0);
        assertThat(advised.getJsonObject("rollup")).isEqualTo(new JsonObject("""
                {"name": "advised_1h_channel_country", "grain": "1h", "dimensions": ["channel", "country"], "measures": [
                  {"agg": "avg", "field": "amount"}, {"agg": "sum", "field": "amount"},
                  {"measure": "gift_share"}]}"""));
        assertThat(advised.getLong("rows")).isEqualTo(24);
        assertThat(advised.getBoolean("rows_counted")).isTrue();
        JsonObject answers = advised.getJsonObject("answers");
        assertThat(answers.getLong("scans")).isEqualTo(7);
        assertThat(answers.getLong("asked")).isEqualTo(7);
        assertThat(answers.getLong("rows_scanned")).isEqualTo(7 * 600);
        assertThat(answers.getDouble("share")).isEqualTo(7.0 / 8);
        assertThat(advised.getLong("rows_scanned_with")).isEqualTo(7 * 24);
        assertThat(advised.getLong("rows_saved")).isEqualTo(7 * 576);
        assertThat(advice.getJsonObject("log").getLong("shapes")).isEqualTo(3);
    }

    @Test
    void saysWhyAQueryWouldNotGain() {
        askAll();

        assertThat(reasons(advice())).containsExactly("It has nothing that 'count_distinct_user' could be made of.");
    }

    @Test
    void whatIsAdvisedAnswersTheseQueriesOnceItIsPosted() {
        askAll();
        JsonObject rollup = advice().getJsonArray("data").getJsonObject(0).getJsonObject("rollup");

        HttpResponse<Buffer> made = shop.caller().post(VISITS + "/rollups", rollup.encode());

        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        assertThat(made.bodyAsJsonObject().getLong("rows")).isEqualTo(24);
        JsonObject ofACountry = Sales.ask(shop, OF_A_COUNTRY.formatted("nowhere"));
        assertThat(ofACountry.getString("plan")).isEqualTo("rollup:advised_1h_channel_country");
        assertThat(Sales.ask(shop, BY_HOUR.formatted("nowhere")).getString("plan"))
                .isEqualTo("rollup:advised_1h_channel_country");
        assertThat(advice().getJsonArray("data")).isEmpty();
        assertThat(reasons(advice()))
                .containsOnlyOnce("It has nothing that 'count_distinct_user' could be made of.")
                .contains("The rollup 'advised_1h_channel_country' answers it already.");
        assertThat(advice().getJsonObject("log").getLong("rollup_reads")).isEqualTo(2);
    }

    @Test
    void countsWhatIsAnsweredFromTheCacheAsAskedOnly() {
        for (int i = 0; i < 5; i++) {
            Sales.ask(shop, USERS);
        }

        JsonObject log = advice().getJsonObject("log");

        assertThat(log.getLong("asked")).isEqualTo(5);
        assertThat(log.getLong("scans")).isEqualTo(1);
        assertThat(log.getLong("rows_scanned")).isEqualTo(600);
    }

    @Test
    void advisesNothingWhereNothingWasAsked() {
        JsonObject advice = advice();

        assertThat(advice.getJsonArray("data")).isEmpty();
        assertThat(advice.getJsonArray("others")).isEmpty();
        assertThat(advice.getJsonObject("log").getLong("asked")).isZero();
    }

    @Test
    void holdsNoValueOfAnyQuery() {
        Sales.ask(shop, OF_A_COUNTRY.formatted("Atlantis"));
        HttpResponse<Buffer> answer = shop.caller().post(Sales.QUERY, """
                {"dataset": "visits", "dimensions": [{"expr": "concat(channel, 'Atlantis')", "as": "Atlantis"}],
                 "measures": [{"agg": "count", "as": "Atlantis2", "filter": {"field": "country", "op": "eq", "value": "Atlantis"}}]}""");
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);

        assertThat(shop.caller().get(ADVICE).bodyAsString()).doesNotContain("Atlantis");
    }

    @Test
    void knowsNothingOfTheQueriesOfAnotherTenant() {
        Customer other = service.newCustomer();
        fill(other);
        Sales.ask(other, USERS);

        assertThat(advice().getJsonObject("log").getLong("asked")).isZero();
    }

    @Test
    void refusesWhatThereIsNotAndWhatIsTooMuch() {
        assertProblem(shop.caller().get(Sales.DATASETS + "/nothing/rollups/advice"), 404, "not_found");
        assertProblem(shop.caller().get(ADVICE + "?limit=11"), 422, "invalid_request");
        assertProblem(shop.caller().get(ADVICE + "?days=0"), 422, "invalid_request");
    }

    @Test
    void noRollupMayTakeThePlaceOfTheAdvice() {
        assertProblem(
                shop.caller().post(VISITS + "/rollups", "{\"name\": \"advice\", \"grain\": \"1h\"}"),
                422,
                "invalid_model");
    }
}
