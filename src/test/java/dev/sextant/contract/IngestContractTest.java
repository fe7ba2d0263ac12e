package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken of the events that are sent, and what becomes of the rest. */
@Timeout(60)
@Covers({"ingestEvents", "ingestDefaultEvents"})
class IngestContractTest {

    private static final String SALES = Sales.EVENTS_PATH;
    private static final String DEFAULT = "/api/v2/events";

    private static Service service;

    /** Never has an event: whatever comes is refused. */
    private static Customer refused;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        refused = withSales();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void takesOneEvent() {
        Customer customer = withSales();

        JsonObject receipt = Sales.send(customer, SALES, "{\"event_id\": \"a\", \"amount\": 5}")
                .bodyAsJsonObject();

        assertThat(receipt.getString("batch_id")).matches("btc_[0-9a-z]{26}");
        assertThat(receipt.getString("data_version")).matches("dv_[1-9][0-9]*");
        receipt.remove("batch_id");
        receipt.remove("data_version");
        assertThat(receipt).isEqualTo(new JsonObject("""
                        {"accepted":1,"duplicates":0,"rejected":0,"dedupe_window":"PT168H","errors":[],"errors_omitted":0}"""));
    }

    @Test
    void stampsWhatHasNoTimeWithTheTimeItCame() {
        Customer customer = withSales();
        Instant before = service.clock().instant();

        Sales.send(customer, SALES, "{}");

        JsonObject answer =
                Sales.ask(customer, "{'dataset':'sales','dimensions':['time','source'],'measures':[{'agg':'count'}]}");
        JsonArray row = answer.getJsonArray("rows").getJsonArray(0);
        assertThat(Instant.parse(row.getString(0)))
                .isBetween(before.minusMillis(1), service.clock().instant());
        assertThat(row.getString(1)).isEqualTo("api");
    }

    @Test
    void takesAnArrayAndLinesAlike() {
        Customer customer = withSales();

        Sales.send(customer, SALES, "[{\"event_id\": \"a\"}, {\"event_id\": \"b\"}]");
        HttpResponse<Buffer> lines =
                Sales.sendLines(customer, SALES, Buffer.buffer("{\"event_id\": \"c\"}\r\n\n  \n{\"event_id\": \"d\"}"));

        assertThat(lines.statusCode()).isEqualTo(202);
        assertThat(lines.bodyAsJsonObject().getLong("accepted")).isEqualTo(2);
        assertThat(ids(customer)).containsExactly("[\"a\",1]", "[\"b\",1]", "[\"c\",1]", "[\"d\",1]");
    }

    @Test
    void tellsOfEachEventThatItCouldNotTake() {
        Customer customer = withSales();

        HttpResponse<Buffer> receipt = Sales.send(customer, SALES, """
                [{"event_id": "a", "amount": 5}, {"event_id": "b", "amount": "5"}, 7, {"event_id": "c", "gift": "yes"}]""");

        JsonObject body = receipt.bodyAsJsonObject();
        assertThat(body.getLong("accepted")).isEqualTo(1);
        assertThat(body.getLong("rejected")).isEqualTo(3);
        assertThat(body.getJsonArray("errors")).isEqualTo(new JsonArray("""
                        [{"index":1,"pointer":"/amount","code":"type_mismatch","detail":"This must be a whole number."},
                         {"index":2,"pointer":"","code":"type_mismatch","detail":"An event is a JSON object."},
                         {"index":3,"pointer":"/gift","code":"type_mismatch","detail":"This must be true or false."}]"""));
        assertThat(ids(customer)).containsExactly("[\"a\",1]");
    }

    @Test
    void refusesWhatHasNoGoodEventAtAll() {
        Customer customer = withSales();

        HttpResponse<Buffer> array = customer.caller().post(SALES, "[{\"amount\": 1.5}, {\"weight\": \"1\"}]");
        HttpResponse<Buffer> single = customer.caller().post(SALES, " {\"amount\": 1.5}");

        assertProblem(array, 422, "rejected_events");
        assertThat(errors(array)).containsExactly("/0/amount type_mismatch", "/1/weight type_mismatch");
        assertProblem(single, 422, "rejected_events");
        assertThat(errors(single)).containsExactly("/amount type_mismatch");
    }

    @Test
    void takesAllOrNothingWhereAsked() {
        Customer customer = withSales();
        String path = SALES + "?all_or_nothing=true";

        HttpResponse<Buffer> array = customer.caller().post(path, "[{\"event_id\": \"a\"}, {\"amount\": true}]");
        HttpResponse<Buffer> lines =
                Sales.sendLines(customer, path, Buffer.buffer("{\"event_id\": \"b\"}\n{\"event_id\": \"c\"\n"));

        assertProblem(array, 422, "rejected_events");
        assertThat(errors(array)).containsExactly("/1/amount type_mismatch");
        assertProblem(lines, 422, "rejected_events");
        assertThat(errors(lines)).containsExactly("/1 malformed");
        assertThat(ids(customer)).isEmpty();
        Sales.send(customer, path, "[{\"event_id\": \"a\"}, {\"event_id\": \"b\"}]");
        assertThat(ids(customer)).containsExactly("[\"a\",1]", "[\"b\",1]");
    }

    @Test
    void takesAnEventIdOnce() {
        Customer customer = withSales();
        Sales.send(customer, SALES, "[{\"event_id\": \"a\", \"amount\": 1}]");

        JsonObject again = Sales.send(
                        customer,
                        SALES,
                        "[{\"event_id\": \"a\", \"amount\": 2}, {\"event_id\": \"b\"}, {\"event_id\": \"b\"}]")
                .bodyAsJsonObject();

        assertThat(again.getLong("accepted")).isEqualTo(1);
        assertThat(again.getLong("duplicates")).isEqualTo(2);
        assertThat(ids(customer)).containsExactly("[\"a\",1]", "[\"b\",1]");
        JsonObject sum =
                Sales.ask(customer, "{'dataset':'sales','measures':[{'agg':'sum','field':'amount','as':'sum'}]}");
        assertThat(Sales.rows(sum)).containsExactly("[1]");
    }

    @Test
    void knowsNoDuplicateWithoutAnId() {
        Customer customer = withSales();

        Sales.send(customer, SALES, "[{\"amount\": 1}, {\"amount\": 1}]");
        Sales.send(customer, SALES, "[{\"amount\": 1}]");

        assertThat(Sales.rows(Sales.ask(customer, "{'dataset':'sales','measures':[{'measure':'turnover'}]}")))
                .containsExactly("[3]");
    }

    @Test
    void keepsDuplicatesOfOtherDatasetsApart() {
        Customer customer = withSales();
        Sales.create(customer, "other");

        Sales.send(customer, SALES, "{\"event_id\": \"a\"}");
        JsonObject other = Sales.send(customer, Sales.DATASETS + "/other/events", "{\"event_id\": \"a\"}")
                .bodyAsJsonObject();

        assertThat(other.getLong("accepted")).isEqualTo(1);
    }

    @Test
    void sendsToTheDefaultDatasetOrElseToTheFirst() {
        Customer customer = service.newCustomer();
        assertProblem(customer.caller().post(DEFAULT, "{}"), 404, "not_found");
        Sales.create(customer, "sales");
        Sales.create(customer, "a_later_one");

        Sales.send(customer, DEFAULT, "{\"event_id\": \"a\"}");
        customer.caller().patch(Sales.DATASETS + "/a_later_one", "{\"default\": true}");
        Sales.send(customer, DEFAULT, "[{\"event_id\": \"b\"}, {\"event_id\": \"c\"}]");

        assertThat(rows(customer, "sales")).isEqualTo(1);
        assertThat(rows(customer, "a_later_one")).isEqualTo(2);
    }

    @Test
    void keepsWhatIsNotDeclaredAsProperties() {
        Customer customer = withSales();

        Sales.send(customer, SALES, """
                {"event_id": "a", "color": "red", "properties": {"color": "blue", "size": 4}, "Amount": 3, "deep": {"x": [1]}}""");

        JsonObject answer = Sales.ask(customer, """
                {'dataset':'sales','dimensions':['properties.color','properties.size','properties.Amount','properties.deep'],
                 'measures':[{'agg':'count'}]}""");
        // A name that comes twice is what came last.
        assertThat(Sales.rows(answer)).containsExactly("[\"blue\",\"4\",\"3\",\"{\\\"x\\\":[1]}\",1]");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-03-28T22:30:00Z\"', 2026-03-28T22:30:00.000Z",
        "'\"2026-03-28T23:30:00.5+01:00\"', 2026-03-28T22:30:00.500Z",
        "'\"2026-03-28t22:30:00z\"', 2026-03-28T22:30:00.000Z",
        "'\"2026-03-28T22:30:00.123456789Z\"', 2026-03-28T22:30:00.123456Z",
        "1774737000000, 2026-03-28T22:30:00.000Z",
        "-1, 1969-12-31T23:59:59.999Z",
        "'\"0001-01-01T00:00:00Z\"', 0001-01-01T00:00:00.000Z",
        "'\"9999-12-31T23:59:59Z\"', 9999-12-31T23:59:59.000Z"
    })
    void readsTimesOfManyForms(String time, String instant) {
        Customer customer = withSales();

        Sales.send(customer, SALES, "{\"time\": %s, \"shipped\": %s}".formatted(time, time));

        assertThat(Sales.rows(Sales.ask(
                        customer, "{'dataset':'sales','dimensions':['time','shipped'],'measures':[{'agg':'count'}]}")))
                .containsExactly("[\"%s\",\"%s\",1]".formatted(instant, instant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'time':'yesterday'}                         | /time type_mismatch",
                "{'time':'2026-03-28'}                        | /time type_mismatch",
                "{'time':'2026-03-28T22:30:00'}               | /time type_mismatch",
                "{'time':1.5}                                 | /time type_mismatch",
                "{'time':'+10000-01-01T00:00:00Z'}            | /time out_of_range",
                "{'time':9223372036854775807}                 | /time out_of_range",
                "{'time':true}                                | /time type_mismatch",
                "{'amount':9223372036854775808}               | /amount out_of_range",
                "{'amount':1.5}                               | /amount type_mismatch",
                "{'amount':1e17}                              | /amount out_of_range",
                "{'amount':9007199254740993.0}                | /amount out_of_range",
                "{'amount':[1]}                               | /amount type_mismatch",
                "{'weight':1e999}                             | /weight out_of_range",
                "{'weight':-1e999}                            | /weight out_of_range",
                "{'weight':'NaN'}                             | /weight type_mismatch",
                "{'gift':0}                                   | /gift type_mismatch",
                "{'country':7}                                | /country type_mismatch",
                "{'country':'a\\u0000b'}                      | /country wrong_format",
                "{'country':'\\ud800'}                        | /country wrong_format",
                "{'extra':{'a':['\\udc00']}}                  | /extra wrong_format",
                "{'extra':{'\\u0000':1}}                      | /extra wrong_format",
                "{'extra':[1e999]}                            | /extra out_of_range",
                "{'color':'\\u0000'}                          | /color wrong_format",
                "{'\\ud800':1}                                | - wrong_format",
                "{'color':1e999}                              | /color out_of_range",
                "{'properties':{'x':'\\udfff'}}               | /properties wrong_format",
                "{'properties':'red'}                         | /properties type_mismatch",
                "{'event_id':''}                              | /event_id wrong_length",
                "{'event_id':7}                               | /event_id type_mismatch",
                "{'event_id':'a\\u0000'}                      | /event_id wrong_format",
                "{'source':''}                                | /source wrong_length",
                "{'__time':'2026-03-28T22:30:00Z'}            | /__time reserved_field",
                "{'received_at':null}                         | /received_at reserved_field",
                "{'batch_id':'mine'}                          | /batch_id reserved_field",
                "{'schema_version':1}                         | /schema_version reserved_field",
                "[]                                           | - type_mismatch",
                "null                                         | - type_mismatch"
            })
    void refusesWhatIsNoEventAndSaysWhere(String event, String error) {
        HttpResponse<Buffer> response = refused.caller().post(SALES, "[" + event.replace('\'', '"') + "]");

        assertProblem(response, 422, "rejected_events");
        assertThat(errors(response)).containsExactly("/0" + error.replace("- ", " "));
        assertThat(ids(refused)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5.0, 5", "1e3, 1000", "-0.0, 0", "9007199254740993, '\"9007199254740993\"'"})
    void takesAWholeNumberHoweverItIsWritten(String written, String number) {
        Customer customer = withSales();

        Sales.send(customer, SALES, "{\"amount\": %s}".formatted(written));

        assertThat(Sales.rows(Sales.ask(customer, "{'dataset':'sales','measures':[{'measure':'turnover'}]}")))
                .containsExactly("[" + number + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [ ] "})
    void refusesABodyWithoutAnEvent(String body) {
        HttpResponse<Buffer> response = refused.caller().post(SALES, body);

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).containsExactly(" wrong_length");
    }

    @Test
    void refusesLinesWithoutAnEvent() {
        assertProblem(Sales.sendLines(refused, SALES, Buffer.buffer("\n \r\n")), 422, "invalid_request");
    }

    @Test
    void aLineThatIsNoJsonIsOneRejectedEvent() {
        Customer customer = withSales();
        Buffer lines = Buffer.buffer("{\"event_id\": \"a\"}\n{\"event_id\"\n")
                .appendBytes(new byte[] {'"', (byte) 0xff, '"', '\n'})
                .appendString(
                        "{\"event_id\": \"b\"} {}\n{\"event_id\": \"c\", \"event_id\": \"d\"}\n{\"event_id\": \"e\"}");

        JsonObject receipt = Sales.sendLines(customer, SALES, lines).bodyAsJsonObject();

        assertThat(receipt.getLong("accepted")).isEqualTo(2);
        assertThat(receipt.getJsonArray("errors").stream()
                        .map(error -> ((JsonObject) error).getInteger("index") + " "
                                + ((JsonObject) error).getString("code")))
                .containsExactly("1 malformed", "2 malformed", "3 malformed", "4 malformed");
        assertThat(ids(customer)).containsExactly("[\"a\",1]", "[\"e\",1]");
    }

    @Test
    void describesAThousandRejectedEventsAndCountsTheRest() {
        JsonObject receipt = Sales.sendLines(
                        withSales(), SALES, Buffer.buffer("{\"amount\": \"x\"}\n".repeat(1500) + "{}\n"))
                .bodyAsJsonObject();

        assertThat(receipt.getLong("accepted")).isEqualTo(1);
        assertThat(receipt.getLong("rejected")).isEqualTo(1500);
        assertThat(receipt.getJsonArray("errors")).hasSize(1000);
        assertThat(receipt.getLong("errors_omitted")).isEqualTo(500);
    }

    @Test
    void thereIsNoDatasetToSendToWhereThereIsNone() {
        Customer customer = service.newCustomer();

        assertProblem(customer.caller().post(SALES, "{}"), 404, "not_found");
        assertProblem(Sales.sendLines(customer, SALES, Buffer.buffer("{}\n")), 404, "not_found");
    }

    @Test
    void asksForTheScope() {
        Customer customer = withSales();
        Caller reader = service.platform()
                .as(Service.newKey(customer.caller(), customer.tenant(), List.of("analytics:read"))
                        .getString("key"));

        assertProblem(reader.post(SALES, "{}"), 403, "insufficient_scope");
        assertProblem(reader.post(DEFAULT, "{}"), 403, "insufficient_scope");
        assertProblem(service.anonymous().post(DEFAULT, "{}"), 401, "unauthenticated");
    }

    @Test
    void saysWhenToComeBackWhereTheEngineIsFull() {
        Customer customer = withSales();
        service.engine().beFull(true);

        HttpResponse<Buffer> refused = customer.caller().post(SALES, "{\"event_id\": \"a\"}");

        service.engine().beFull(false);
        assertProblem(refused, 503, "temporary_reduced_capacity");
        assertThat(refused.getHeader("retry-after")).isEqualTo("2");
        assertThat(refused.bodyAsJsonObject().getBoolean("retryable")).isTrue();
        assertThat(Sales.send(customer, SALES, "{\"event_id\": \"a\"}")
                        .bodyAsJsonObject()
                        .getLong("accepted"))
                .isEqualTo(1);
    }

    private static Customer withSales() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        return customer;
    }

    /** Each event id, and how often it is there. */
    private static List<String> ids(Customer customer) {
        return Sales.rows(
                Sales.ask(customer, "{'dataset':'sales','dimensions':['event_id'],'measures':[{'agg':'count'}]}"));
    }

    private static int rows(Customer customer, String dataset) {
        return customer.caller()
                .get(Sales.DATASETS + "/" + dataset)
                .bodyAsJsonObject()
                .getInteger("rows");
    }
}
