package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.sextant.QuietLog;
import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Whatever is sent, a problem is answered that says what is wrong and where, and the log stays quiet. */
@Timeout(120)
class BadInputContractTest {

    private static Service service;
    private static Customer shop;
    private static QuietLog log;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.WHERE_NEEDED);
        shop = service.newCustomer();
        Sales.fill(shop);
        log = QuietLog.listen();
    }

    @AfterAll
    static void stopService() {
        log.close();
        service.close();
    }

    @AfterEach
    void nothingWasLoggedAsAnError() {
        assertThat(log.told(Level.ERROR)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongBodies() {
        return WrongBodies.all().map(BadInputContractTest::test);
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongQueries() {
        return WrongQueries.all().map(BadInputContractTest::test);
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongAddresses() {
        return WrongAddresses.all().map(BadInputContractTest::test);
    }

    private static DynamicTest test(Wrong wrong) {
        return DynamicTest.dynamicTest(wrong.name(), () -> assertRefused(wrong));
    }

    private static void assertRefused(Wrong wrong) {
        HttpRequest<Buffer> request = shop.caller().request(wrong.method(), wrong.path());
        wrong.headers().forEach(request::putHeader);

        HttpResponse<Buffer> response = shop.caller().send(request, wrong.body());

        assertThat(response.getHeader("content-type")).isEqualTo("application/problem+json");
        int status = wrong.code().equals("not_found") ? 404 : wrong.status();
        Problems.assertProblem(response, status, wrong.code());
        assertTellsNothingOfUs(response.bodyAsString());
        if (!wrong.place().equals(Wrong.NOWHERE)) {
            assertThat(places(response)).contains(wrong.place());
        }
    }

    private static List<String> places(HttpResponse<Buffer> response) {
        return response.bodyAsJsonObject().getJsonArray("errors").stream()
                .map(JsonObject.class::cast)
                .map(error -> error.getString("pointer", error.getString("parameter")))
                .toList();
    }

    private static void assertTellsNothingOfUs(String body) {
        assertThat(body)
                .doesNotContain(
                        "Exception",
                        "dev.sextant",
                        "io.vertx",
                        "com.fasterxml",
                        "\\tat ",
                        "duckdb.",
                        "SELECT ",
                        "line:");
    }

    @Test
    void tellsAHundredMistakesAndNotMore() {
        String body = Stream.iterate(0, i -> i + 1)
                .limit(5000)
                .map(i -> "\"f" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));

        HttpResponse<Buffer> response = shop.caller().post(Sales.QUERY, body);

        Problems.assertProblem(response, 422, "invalid_request");
        assertThat(Problems.errors(response)).hasSize(100);
        assertThat(response.bodyAsJsonObject().getString("detail"))
                .isEqualTo("The request breaks the contract in 5000 places: see errors.");
    }

    @Test
    void refusesABodyOfTooManyValues() {
        String body = "{\"dimensions\": [" + "1,".repeat(300_000) + "1]}";

        HttpResponse<Buffer> response = shop.caller().post(Sales.QUERY, body);

        Problems.assertProblem(response, 400, "malformed");
        assertThat(response.bodyAsJsonObject().getString("detail")).contains("200000 names, values and brackets");
    }

    @Test
    void theDataIsStillThere() {
        assertThat(Sales.rows(Sales.ask(shop, "{'dataset':'sales','measures':[{'agg':'count'}]}")))
                .containsExactly("[8]");
        assertThat(shop.caller().get(Sales.DATASETS).bodyAsJsonObject().getJsonArray("data"))
                .hasSize(1);
    }

    @Test
    void anEventMayHoldAnyTextThatCanBeStored() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        String odd = "'; DROP TABLE sales; -- \\u0001\\uD83D\\uDE00\\u202E\\\"\\\\{}${jndi:x}%00";

        Sales.send(customer, Sales.EVENTS_PATH, "{\"event_id\": \"%s\", \"country\": \"%s\"}".formatted(odd, odd));

        HttpResponse<Buffer> answer = customer.caller()
                .send(customer.caller().json(HttpMethod.POST, Sales.QUERY), Buffer.buffer("""
                                {"dimensions": ["event_id"], "filter": {"field": "country", "op": "eq", "value": "%s"}}""".formatted(odd)));
        assertThat(answer.bodyAsJsonObject()
                        .getJsonArray("rows")
                        .getJsonArray(0)
                        .getString(0))
                .isEqualTo("'; DROP TABLE sales; -- \u0001\uD83D\uDE00\u202E\"\\{}${jndi:x}%00");
    }
}
