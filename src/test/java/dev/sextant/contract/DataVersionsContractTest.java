package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that hold still while events arrive. */
@Timeout(60)
class DataVersionsContractTest {

    private static final String COUNT = "{'dataset':'sales','measures':[{'agg':'count','as':'n'}]%s}";
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
        Sales.fill(shop);
    }

    private void sendLate(int number, String country, String city) {
        Sales.send(shop, Sales.EVENTS_PATH, """
                {"event_id": "late%d", "time": "2026-03-28T22:40:00Z", "country": "%s", "city": "%s",
                 "action": "purchase"}""".formatted(number, country, city));
    }

    @Test
    void leavesOutWhatWasStoredAfterTheVersionAskedFor() {
        String before = Sales.ask(shop, COUNT.formatted("")).getString("data_version");
        sendLate(1, "DE", "Berlin");

        JsonObject then = Sales.ask(shop, COUNT.formatted(",'as_of':'" + before + "'"));

        assertThat(before).isEqualTo("dv_1");
        assertThat(Sales.rows(then)).containsExactly("[8]");
        assertThat(then.getString("data_version")).isEqualTo("dv_1");
        assertThat(Sales.rows(Sales.ask(shop, COUNT.formatted("")))).containsExactly("[9]");
        assertThat(Sales.rows(Sales.ask(shop, COUNT.formatted(",'as_of':'dv_0'"))))
                .containsExactly("[0]");
    }

    @Test
    void saysWhereThereIsNewerDataThanTheAnswerKnows() {
        String query = "{'dataset':'sales','dimensions':['country'],'measures':[{'agg':'count','as':'n'}],'limit':2%s}";
        JsonObject first = Sales.ask(shop, query.formatted(""));
        String later = query.formatted(",'cursor':'" + first.getString("next_cursor") + "'");
        assertThat(isStale(first)).isFalse();
        assertThat(isStale(Sales.ask(shop, later))).isFalse();
        assertThat(isStale(Sales.ask(shop, COUNT.formatted(",'as_of':'dv_1'")))).isFalse();

        sendLate(1, "DE", "Berlin");

        assertThat(isStale(Sales.ask(shop, later))).isTrue();
        assertThat(isStale(Sales.ask(shop, COUNT.formatted(",'as_of':'dv_1'")))).isTrue();
        assertThat(isStale(Sales.ask(shop, COUNT.formatted(",'as_of':'dv_2'")))).isFalse();
        assertThat(isStale(Sales.ask(shop, COUNT.formatted("")))).isFalse();
    }

    private static boolean isStale(JsonObject answer) {
        return answer.getJsonObject("meta").getBoolean("stale");
    }

    @Test
    void refusesAVersionThatIsYetToCome() {
        HttpResponse<Buffer> refused = Sales.askRaw(shop, COUNT.formatted(",'as_of':'dv_2'"));

        assertProblem(refused, 422, "invalid_query");
        assertThat(Problems.errors(refused)).containsExactly("/as_of invalid_query");
    }

    @Test
    void showsOnNoPageWhatArrivesMeanwhile() {
        List<String> rows = new ArrayList<>();
        String cursor = "null";
        int page = 0;

        for (boolean more = true; more; page++) {
            JsonObject answer = Sales.ask(shop, """
                    {'dataset':'sales','dimensions':['country','city'],'measures':[{'agg':'count','as':'n'}],'limit':2,
                     'cursor':%s}""".formatted(cursor));
            rows.addAll(Sales.rows(answer));
            assertThat(answer.getString("data_version")).isEqualTo("dv_1");
            more = answer.getBoolean("has_more");
            cursor = "'" + answer.getString("next_cursor") + "'";
            sendLate(10 + page, "AA", "Aachen" + page); // before the page
            sendLate(20 + page, "FR", "Paris"); // into a group
            sendLate(30 + page, "ZZ", "Zagreb" + page); // after it
        }

        assertThat(page).isEqualTo(3);
        assertThat(rows)
                .containsExactly(
                        "[\"DE\",\"Berlin\",3]",
                        "[\"DE\",\"Bonn\",1]",
                        "[\"ES\",\"Madrid\",1]",
                        "[\"FR\",\"Paris\",1]",
                        "[\"FR\",null,1]",
                        "[null,null,1]");
    }

    @Test
    void namesNoColumnOfOurs() {
        assertProblem(Sales.askRaw(shop, "{'dataset':'sales','dimensions':['__version']}"), 422, "unknown_field");
        assertProblem(
                shop.caller()
                        .post(
                                Sales.DATASETS,
                                "{\"name\":\"odd\",\"model\":{\"time\":\"time\",\"dimensions\":[{\"name\":\"__version\",\"type\":\"long\"}]}}"),
                422,
                "invalid_model");
    }
}
