package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What queries answer; the answers are worked out by hand from the eight events of {@link Sales}. */
@Timeout(60)
@Covers("queryRealtime")
class QueryContractTest {

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
    void answersWithColumnsRowsAndTotals() {
        JsonObject answer = ask("""
                {'dataset':'sales','dimensions':['country'],
                 'measures':[{'measure':'orders'},{'measure':'turnover'},{'measure':'gift_share'},
                   {'agg':'count_distinct','field':'user','as':'users'}]}""");

        assertThat(answer.getJsonArray("columns")).isEqualTo(new JsonArray("""
                [{"name":"country","type":"string","role":"dimension"},
                 {"name":"orders","type":"long","role":"measure"},
                 {"name":"turnover","type":"long","role":"measure","unit":"cents","currency":"EUR"},
                 {"name":"gift_share","type":"double","role":"measure"},
                 {"name":"users","type":"long","role":"measure"}]"""));
        assertThat(Sales.rows(answer))
                .containsExactly(
                        "[\"DE\",4,2000,0.25,2]",
                        "[\"ES\",1,9000,1.0,1]",
                        "[\"FR\",2,1100,0.5,2]",
                        "[null,1,100,0.0,1]");
        assertThat(answer.getJsonObject("totals"))
                .isEqualTo(new JsonObject("{\"orders\":8,\"turnover\":12200,\"gift_share\":0.375,\"users\":5}"));
        assertThat(answer.getBoolean("has_more")).isFalse();
        assertThat(answer.getBoolean("exact")).isTrue();
        assertThat(answer.getString("plan")).isEqualTo("scan");
        assertThat(answer.getValue("time_range")).isNull();
        assertThat(answer.getJsonObject("meta").getString("watermark")).isEqualTo("2026-03-30T08:00:00.000Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'agg':'count'}                                      | count            | 8",
                "{'agg':'count','filter':{'segment':'gifts'},'as':'g'} | g               | 3",
                "{'agg':'sum','field':'amount'}                       | sum_amount       | 12200",
                "{'agg':'avg','field':'amount'}                       | avg_amount       | 1525.0",
                "{'agg':'min','field':'amount'}                       | min_amount       | -2500",
                "{'agg':'max','field':'amount'}                       | max_amount       | 9000",
                "{'agg':'min','field':'city'}                         | min_city         | \"Berlin\"",
                "{'agg':'max','field':'shipped'}                      | max_shipped      | \"2026-03-30T06:00:00.000Z\"",
                "{'agg':'sum','field':'weight'}                       | sum_weight       | 19.75",
                "{'agg':'count_distinct','field':'city'}              | count_distinct_city | 4",
                "{'agg':'quantile','field':'amount','q':0.5}          | p50_amount       | 850.0",
                "{'agg':'quantile','field':'amount','q':0.75}         | p75_amount       | 1375.0",
                "{'agg':'quantile','field':'amount','q':0}            | p0_amount        | -2500.0",
                "{'agg':'quantile','field':'amount','q':1}            | p100_amount      | 9000.0",
                "{'agg':'ratio','of':[{'agg':'sum','field':'amount'},{'agg':'count'}]} | ratio | 1525.0",
                "{'agg':'ratio','of':[{'agg':'count'},{'agg':'count','filter':{'field':'city','op':'eq','value':'Rome'}}]} | ratio | null",
                "{'measure':'turnover','as':'sum'}                    | sum              | 12200"
            })
    void computesEachMeasure(String measure, String name, String value) {
        JsonObject answer = ask("{'dataset':'sales','measures':[%s]}".formatted(measure));

        assertThat(answer.getJsonArray("columns").getJsonObject(0).getString("name"))
                .isEqualTo(name);
        assertThat(Sales.rows(answer)).containsExactly("[" + value + "]");
    }

    @Test
    void aSketchIsNotExactAndSaysSo() {
        JsonObject answer =
                ask("{'dataset':'sales','measures':[{'agg':'count_distinct','field':'user','exact':false}]}");

        assertThat(answer.getBoolean("exact")).isFalse();
        assertThat(Sales.rows(answer)).containsExactly("[5]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'field':'country','op':'eq','value':'DE'}                       | e1 e2 e5 e7",
                "{'field':'country','op':'ne','value':'DE'}                       | e3 e4 e6 e8",
                "{'field':'country','op':'in','value':['FR','ES']}                | e3 e4 e6",
                "{'field':'country','op':'nin','value':['FR','ES']}               | e1 e2 e5 e7 e8",
                "{'field':'amount','op':'gt','value':1000}                        | e2 e6",
                "{'field':'amount','op':'gte','value':1000}                       | e1 e2 e6 e7",
                "{'field':'amount','op':'lt','value':400}                         | e5 e8",
                "{'field':'amount','op':'lte','value':400}                        | e3 e5 e8",
                "{'field':'amount','op':'between','value':[400,1000]}             | e1 e3 e4 e7",
                "{'field':'weight','op':'eq','value':2}                           | e2 e5",
                "{'field':'gift','op':'eq','value':false}                         | e2 e4 e5 e8",
                "{'field':'gift','op':'ne','value':false}                         | e1 e3 e6 e7",
                "{'field':'city','op':'contains','value':'on'}                    | e2",
                "{'field':'city','op':'contains','value':'%'}                     | -",
                "{'field':'city','op':'starts_with','value':'B'}                  | e1 e2 e5 e7",
                "{'field':'city','op':'regex','value':'^[BP].r'}                   | e1 e3 e5 e7",
                "{'field':'city','op':'regex','value':'i.$'}                      | e1 e3 e5 e6 e7",
                "{'field':'city','op':'is_null'}                                  | e4 e8",
                "{'field':'city','op':'is_null','value':false}                    | e1 e2 e3 e5 e6 e7",
                "{'field':'city','op':'exists'}                                   | e1 e2 e3 e5 e6 e7",
                "{'field':'extra','op':'exists','value':true}                     | e6",
                "{'field':'time','op':'gte','value':'2026-03-29T22:30:00Z'}       | e6 e7 e8",
                "{'field':'time','op':'lt','value':'2026-03-29T01:30:00+02:00'}   | e1",
                "{'field':'shipped','op':'eq','value':'2026-03-30T08:00:00+02:00'} | e1",
                "{'field':'properties.color','op':'eq','value':'red'}             | e1",
                "{'field':'properties.color','op':'ne','value':'red'}             | e2 e3 e4 e5 e6 e7 e8",
                "{'field':'properties.size','op':'gt','value':9}                  | e2",
                "{'field':'properties.size','op':'eq','value':'9'}                | e4",
                "{'field':'properties.size','op':'in','value':[9,42]}             | e2 e4",
                "{'field':'properties.none','op':'exists','value':false}          | e1 e2 e3 e4 e5 e6 e7 e8",
                "{'field':'event_id','op':'in','value':['e1','e9']}               | e1",
                "{'segment':'gifts'}                                              | e1 e3 e6",
                "{'not':{'segment':'gifts'}}                                      | e2 e4 e5 e7 e8",
                "{'and':[{'segment':'gifts'},{'field':'amount','op':'gt','value':500}]} | e1 e6",
                "{'or':[{'segment':'gifts'},{'field':'channel','op':'eq','value':'app'}]} | e1 e3 e4 e6 e7",
                "{'not':{'or':[{'field':'country','op':'eq','value':'DE'},{'field':'city','op':'is_null'}]}} | e3 e6",
                "{'not':{'not':{'field':'city','op':'eq','value':'Bonn'}}}        | e2",
                "{'field':'city','op':'eq','value':'x\\' OR 1=1 --'}              | -"
            })
    void filtersByEachOperator(String filter, String ids) {
        String json = filter.replace("\\'", "\\u0027");

        JsonObject answer = ask("{'dataset':'sales','dimensions':['event_id'],'filter':%s}".formatted(json));

        String found = String.join(
                " ",
                answer.getJsonArray("rows").stream()
                        .map(row -> ((JsonArray) row).getString(0))
                        .toList());
        assertThat(found.isEmpty() ? "-" : found).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'grain':'1d'                           | 2026-03-28T00:00:00.000Z 2; 2026-03-29T00:00:00.000Z 4; 2026-03-30T00:00:00.000Z 2",
                "'grain':'1d','tz':'Europe/Berlin'      | 2026-03-27T23:00:00.000Z 1; 2026-03-28T23:00:00.000Z 4; 2026-03-29T22:00:00.000Z 3",
                "'grain':'P1D','tz':'America/New_York'  | 2026-03-28T04:00:00.000Z 4; 2026-03-29T04:00:00.000Z 2; 2026-03-30T04:00:00.000Z 2",
                "'grain':'1w','tz':'Europe/Berlin'      | 2026-03-22T23:00:00.000Z 5; 2026-03-29T22:00:00.000Z 3",
                "'grain':'1w','week_start':'sunday'     | 2026-03-22T00:00:00.000Z 2; 2026-03-29T00:00:00.000Z 6",
                "'grain':'1mo','tz':'Asia/Kolkata'      | 2026-02-28T18:30:00.000Z 8",
                "'grain':'1y'                           | 2026-01-01T00:00:00.000Z 8"
            })
    void groupsByTimeInAZone(String grain, String buckets) {
        JsonObject answer = ask(
                "{'dataset':'sales','dimensions':[{'time':'time',%s}],'measures':[{'agg':'count'}]}".formatted(grain));

        assertThat(answer.getJsonArray("columns").getJsonObject(0).getString("type"))
                .isEqualTo("timestamp");
        assertThat(answer.getJsonArray("rows").stream()
                        .map(row -> ((JsonArray) row).getString(0) + " " + ((JsonArray) row).getLong(1)))
                .containsExactly(buckets.split("; ", -1));
    }

    @Test
    void looksAtTheTimeThatItIsAskedFor() {
        JsonObject answer = ask("""
                {'dataset':'sales','measures':[{'agg':'count'}],
                 'time_range':{'from':'2026-03-28T23:30:00Z','to':'2026-03-29T22:30:00Z'}}""");

        assertThat(Sales.rows(answer)).containsExactly("[4]"); // e2 to e5: from is inclusive, to exclusive
        assertThat(answer.getJsonObject("time_range"))
                .isEqualTo(
                        new JsonObject("{\"from\":\"2026-03-28T23:30:00.000Z\",\"to\":\"2026-03-29T22:30:00.000Z\"}"));
    }

    @Test
    void aWholeWithoutEventsHasOneRowAndGroupsHaveNone() {
        String nobody = "'filter':{'field':'user','op':'eq','value':'nobody'}";

        JsonObject whole =
                ask("{'dataset':'sales','measures':[{'agg':'count'},{'measure':'turnover'}],%s}".formatted(nobody));
        JsonObject groups =
                ask("{'dataset':'sales','dimensions':['user'],'measures':[{'agg':'count'}],%s}".formatted(nobody));

        assertThat(Sales.rows(whole)).containsExactly("[0,null]");
        assertThat(Sales.rows(groups)).isEmpty();
        assertThat(groups.getJsonObject("totals").getLong("count")).isZero();
    }

    @Test
    void asksTheDefaultDatasetWhereNoneIsNamed() {
        assertThat(Sales.rows(ask("{'measures':[{'agg':'count'}]}"))).containsExactly("[8]");
        assertProblem(Sales.askRaw(service.newCustomer(), "{'measures':[{'agg':'count'}]}"), 404, "not_found");
    }

    @Test
    void writesWhatADoubleCannotTellApartAsText() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        Sales.send(
                customer, Sales.EVENTS_PATH, "[{\"amount\": 9223372036854775807}, {\"amount\": 9223372036854775807}]");

        JsonObject answer = Sales.ask(customer, "{'measures':[{'measure':'turnover'},{'agg':'max','field':'amount'}]}");

        assertThat(Sales.rows(answer)).containsExactly("[\"18446744073709551614\",\"9223372036854775807\"]");
        assertThat(answer.getJsonArray("columns").getJsonObject(0).getString("type"))
                .isEqualTo("decimal");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'measures':[{'agg':'sum','field':'amuont'}]} | unknown_field | /measures/0/field unknown_field",
                "{'measures':[{'measure':'oders'}]}            | unknown_field | /measures/0/measure unknown_field",
                "{'measures':[{'agg':'sum','field':'city'}]}   | type_mismatch | /measures/0/field type_mismatch",
                "{'measures':[{'agg':'mode','field':'city'}]}  | invalid_query | /measures/0/agg invalid_query",
                "{'measures':[{'agg':'expression','expr':'1'}]} | invalid_query | /measures/0/expr invalid_query",
                "{'measures':[{'agg':'count'},{'agg':'count'}]} | invalid_query | /measures/1 invalid_query",
                "{'measures':[{'agg':'quantile','field':'amount','q':2}]} | invalid_query | /measures/0/q invalid_query",
                "{'dimensions':['contry']}                     | unknown_field | /dimensions/0 unknown_field",
                "{'dimensions':[{'time':'time','grain':'1x'}]} | invalid_query | /dimensions/0/grain invalid_query",
                "{'dimensions':[{'time':'time','grain':'1d','tz':'Mars/Phobos'}]} | invalid_query | /dimensions/0/tz invalid_query",
                "{'dimensions':[{'time':'city','grain':'1d'}]} | type_mismatch | /dimensions/0/time type_mismatch",
                "{'dimensions':['city'],'filter':{'field':'amount','op':'eq','value':'x'}} | type_mismatch | /filter/value type_mismatch",
                "{'dimensions':['city'],'filter':{'field':'amount','op':'regex','value':'x'}} | type_mismatch | /filter/op type_mismatch",
                "{'dimensions':['city'],'filter':{'cohort':'coh_1'}} | not_supported | /filter/cohort not_supported",
                "{'dimensions':['city'],'filter':{'segment':'gift'}} | unknown_field | /filter/segment unknown_field",
                "{'dimensions':['city'],'filter':{}}           | invalid_query | /filter invalid_query",
                "{'dimensions':['city'],'having':{'field':'count','op':'gt','value':1}} | unknown_field | /having/field unknown_field",
                "{'dimensions':['city'],'order':[{'by':'country'}]} | unknown_field | /order/0/by unknown_field",
                "{'measures':[{'agg':'count'}],'grouping':{'type':'rollup'}} | invalid_query | /grouping invalid_query",
                "{'measures':[{'agg':'count'}],'compare':{'offset':'1d'}} | invalid_query | /compare invalid_query",
                "{'dimensions':['city'],'as_of':'dv_7'} | invalid_query | /as_of invalid_query",
                "{'fields':['city'],'order':[{'by':'country'}]} | unknown_field | /order/0/by unknown_field",
                "{'measures':[{'agg':'count'}],'time_range':{'from':'2026-03-28T00:00:00Z'}} | invalid_query | /time_range invalid_query",
                "{}                                            | invalid_query | - invalid_query"
            })
    void refusesWhatCannotBeMeantAndSaysWhere(String query, String code, String error) {
        HttpResponse<Buffer> refused = Sales.askRaw(shop, query);

        assertProblem(refused, 422, code);
        assertThat(errors(refused)).containsExactly(error.replace("- ", " "));
    }

    @Test
    void nothingIsInAnEmptyListAndAllIsBesideIt() {
        String query = "{'measures':[{'agg':'count'}],'filter':%s}";

        assertThat(Sales.rows(ask(query.formatted("{'field':'city','op':'in','value':[]}"))))
                .containsExactly("[0]");
        assertThat(Sales.rows(ask(query.formatted("{'not':{'field':'city','op':'in','value':[]}}"))))
                .isEqualTo(Sales.rows(ask("{'measures':[{'agg':'count'}]}")));
        assertThat(Sales.rows(ask(query.formatted("{'field':'amount','op':'nin','value':[]}"))))
                .isEqualTo(Sales.rows(ask("{'measures':[{'agg':'count'}]}")));
    }

    @Test
    void asksForTheScopeAndTheDataset() {
        Caller writer = service.platform()
                .as(Service.newKey(shop.caller(), shop.tenant(), List.of("events:write"))
                        .getString("key"));
        String query = "{\"dataset\": \"sales\", \"measures\": [{\"agg\": \"count\"}]}";

        assertProblem(writer.post(Sales.QUERY, query), 403, "insufficient_scope");
        assertProblem(service.anonymous().post(Sales.QUERY, query), 401, "unauthenticated");
        assertProblem(
                Sales.askRaw(service.newCustomer(), "{'dataset':'sales','measures':[{'agg':'count'}]}"),
                404,
                "not_found");
    }

    private static JsonObject ask(String query) {
        return Sales.ask(shop, query);
    }
}
