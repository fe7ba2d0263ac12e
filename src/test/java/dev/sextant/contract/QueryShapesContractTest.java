package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers of other shapes than rows of measures, worked out by hand from the eight events of {@link Sales}. */
@Timeout(60)
@Covers("queryRealtime")
class QueryShapesContractTest {

    private static final String ON_THE_29TH =
            "'time_range':{'from':'2026-03-29T00:00:00Z','to':'2026-03-30T00:00:00Z'}";
    private static Service service;
    private static Customer shop;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        shop = service.newCustomer();
        Sales.fill(shop);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void tellsEventsThemselves() {
        String query = """
                {'dataset':'sales','fields':['time','user','city'],'limit':1,'cursor':%s,
                 'filter':{'field':'country','op':'eq','value':'FR'}}""";
        JsonObject first = Sales.ask(shop, query.formatted("null"));
        JsonObject second = Sales.ask(shop, query.formatted("'" + first.getString("next_cursor") + "'"));

        assertThat(first.getJsonArray("columns").getJsonObject(1))
                .isEqualTo(new JsonObject("{\"name\":\"user\",\"type\":\"string\",\"role\":\"field\"}"));
        assertThat(Sales.rows(first)).containsExactly("[\"2026-03-29T01:30:00.000Z\",\"u3\",null]");
        assertThat(Sales.rows(second)).containsExactly("[\"2026-03-29T00:30:00.000Z\",\"u1\",\"Paris\"]");
        assertThat(second.getBoolean("has_more")).isFalse();
        assertThat(second.containsKey("totals")).isFalse();
    }

    @Test
    void hasSubtotalsBesideTheRows() {
        JsonObject answer = Sales.ask(shop, """
                {'dataset':'sales','dimensions':['country','city'],'grouping':{'type':'rollup'},
                 'measures':[{'measure':'orders'},{'measure':'gift_share'}]}""");

        assertThat(answer.getJsonArray("rows")).hasSize(6);
        assertThat(answer.getJsonArray("subtotals")).isEqualTo(new JsonArray("""
                [{"level":["country"],"rows":[["DE",4,0.25],["ES",1,1.0],["FR",2,0.5],[null,1,0.0]]}]"""));
        assertThat(answer.getJsonObject("totals")).isEqualTo(new JsonObject("{\"orders\":8,\"gift_share\":0.375}"));
    }

    @Test
    void comparesAndHearsOfLateEventsInTheOtherPeriod() {
        Customer other = service.newCustomer();
        Sales.fill(other);
        String query = "{'dataset':'sales','measures':[{'measure':'orders'}],%s,'compare':{'offset':'1d'}}"
                .formatted(ON_THE_29TH);
        JsonObject before = Sales.ask(other, query);
        Sales.send(other, Sales.EVENTS_PATH, "[{\"event_id\":\"late\",\"time\":\"2026-03-28T01:00:00Z\"}]");
        JsonObject after = Sales.ask(other, query);

        assertThat(before.getJsonObject("compared_range"))
                .isEqualTo(
                        new JsonObject("{\"from\":\"2026-03-28T00:00:00.000Z\",\"to\":\"2026-03-29T00:00:00.000Z\"}"));
        assertThat(before.getJsonObject("totals"))
                .isEqualTo(new JsonObject("{\"orders\":4,\"orders_previous\":2,\"orders_change_pct\":100.0}"));
        assertThat(Sales.rows(after)).containsExactly("[4,3," + 100.0 / 3 + "]");
    }

    @Test
    void fillsWithinBounds() {
        JsonObject answer = Sales.ask(shop, """
                {'dataset':'sales','dimensions':[{'time':'time','grain':'6h','tz':'Europe/Berlin'}],
                 'measures':[{'measure':'orders'},{'measure':'turnover'}],'fill':{'value':0},
                 'time_range':{'from':'2026-03-28T23:00:00Z','to':'2026-03-29T22:00:00Z'}}""");
        String everySecond = """
                {'dataset':'sales','dimensions':[{'time':'time','grain':'1s'}],'fill':true,
                 'time_range':{'from':'2016-03-28T23:00:00Z','to':'2026-03-29T22:00:00Z'}}""";

        assertThat(Sales.rows(answer))
                .containsExactly(
                        "[\"2026-03-28T23:00:00.000Z\",3,3600]",
                        "[\"2026-03-29T04:00:00.000Z\",0,0]",
                        "[\"2026-03-29T10:00:00.000Z\",1,-2500]",
                        "[\"2026-03-29T16:00:00.000Z\",0,0]");
        assertProblem(Sales.askRaw(shop, everySecond), 422, "limit_exceeded");
    }

    @Test
    void gathersOthers() {
        JsonObject answer = Sales.ask(shop, """
                {'dataset':'sales','dimensions':['country'],'measures':[{'measure':'orders'}],
                 'others':{'by':'orders','limit':1}}""");

        assertThat(answer.getJsonArray("columns").getJsonObject(1))
                .isEqualTo(new JsonObject("{\"name\":\"is_other\",\"type\":\"boolean\",\"role\":\"dimension\"}"));
        assertThat(Sales.rows(answer)).containsExactly("[\"DE\",false,4]", "[null,true,4]");
    }

    @Test
    void leadsOnToQueriesThatCanBeAskedAsTheyAre() {
        JsonObject answer = Sales.ask(shop, """
                {'dataset':'sales','dimensions':['country',{'time':'time','grain':'1d','tz':'Europe/Berlin'}],
                 'measures':[{'measure':'orders'},{'agg':'sum','field':'amount','as':'sum'}],
                 'time_range':{'from':'2026-03-28T00:00:00Z','to':'2026-03-31T00:00:00Z'},'grouping':{'type':'cube'},
                 'having':{'field':'orders','op':'gt','value':0},'order':[{'by':'country'}],'navigate':true}""");
        JsonObject navigate = answer.getJsonObject("navigate");
        JsonArray down = navigate.getJsonArray("drill_down");
        JsonArray up = navigate.getJsonArray("roll_up");
        JsonObject behind = navigate.getJsonObject("rows_behind");

        assertThat(down.stream().map(link -> ((JsonObject) link).getString("by")))
                .containsExactly("city", "time");
        assertThat(down.getJsonObject(1).getString("grain")).isEqualTo("1h");
        assertThat(up.stream().map(link -> ((JsonObject) link).getString("drop")))
                .containsExactly("country", "time");
        assertThat(behind.getString("href")).isEqualTo(Sales.QUERY);
        List<JsonObject> answers = Stream.of(down.stream(), up.stream(), Stream.of(behind))
                .flatMap(links -> links)
                .map(link -> Sales.ask(
                        shop, ((JsonObject) link).getJsonObject("body").encode()))
                .toList();
        assertThat(answers.getFirst().getJsonArray("rows")).hasSize(8);
        assertThat(answers.getLast().getJsonArray("rows")).hasSize(8);
    }
}
