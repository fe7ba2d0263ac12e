package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Covers({"createRollup", "listRollups", "getRollup", "deleteRollup"})
@Timeout(60)
class RollupsContractTest {

    private static final String ROLLUPS = Sales.DATASETS + "/sales/rollups";
    private static final String BY_COUNTRY =
            "{'dataset':'sales','dimensions':['country'],'measures':[{'measure':'turnover'},{'measure':'gift_share'}]}";

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

    private HttpResponse<Buffer> declare(String rollup) {
        return shop.caller().post(ROLLUPS, rollup.replace('\'', '"'));
    }

    private void declareHourly() {
        HttpResponse<Buffer> made = declare("{'name':'hourly','grain':'1h','dimensions':['country'],"
                + "'measures':[{'measure':'turnover'},{'measure':'gift_share'}]}");
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
    }

    @Test
    void answersFromTheRollupWhatTheEventsWouldAnswer() {
        JsonObject before = Sales.ask(shop, BY_COUNTRY);
        declareHourly();
        Sales.send(shop, Sales.EVENTS_PATH, """
                {"event_id": "late", "time": "2026-03-28T22:40:00Z", "country": "DE", "amount": 1, "gift": true}""");

        JsonObject after = Sales.ask(shop, BY_COUNTRY);

        assertThat(before.getString("plan")).isEqualTo("scan");
        assertThat(after.getString("plan")).isEqualTo("rollup:hourly");
        assertThat(Sales.rows(before))
                .containsExactly("[\"DE\",2000,0.25]", "[\"ES\",9000,1.0]", "[\"FR\",1100,0.5]", "[null,100,0.0]");
        assertThat(Sales.rows(after))
                .containsExactly("[\"DE\",2001,0.4]", "[\"ES\",9000,1.0]", "[\"FR\",1100,0.5]", "[null,100,0.0]");
        assertThat(after.getJsonObject("totals").getLong("turnover")).isEqualTo(12_201);
    }

    /** What is added to a sum beyond all doubles makes it no number again; also where rows came before the rollup, or after. */
    @Test
    void remembersThatASumIsBeyondAllDoubles() {
        shop.caller().post(Sales.DATASETS, """
                {"name": "weights", "model": {"time": "time", "dimensions": [{"name": "g", "type": "string"}, {"name": "w", "type": "double"}]}}""");
        String path = Sales.DATASETS + "/weights/events";
        Sales.send(shop, path, """
                [{"event_id": "a1", "time": "2026-01-01T00:00:00Z", "g": "a", "w": 1.7e308},
                 {"event_id": "a2", "time": "2026-01-01T00:00:01Z", "g": "a", "w": 1.7e308},
                 {"event_id": "b1", "time": "2026-01-01T00:00:00Z", "g": "b", "w": 1.7e308}]""");
        shop.caller().post(Sales.DATASETS + "/weights/rollups", """
                {"name": "hourly", "grain": "1h", "dimensions": ["g"],
                 "measures": [{"agg": "sum", "field": "w"}, {"agg": "avg", "field": "w"}]}""");
        Sales.send(shop, path, """
                [{"event_id": "a3", "time": "2026-01-05T00:00:00Z", "g": "a", "w": 1.0},
                 {"event_id": "b2", "time": "2026-01-01T00:00:02Z", "g": "b", "w": 1.7e308},
                 {"event_id": "b3", "time": "2026-01-06T00:00:00Z", "g": "b", "w": 1.0},
                 {"event_id": "c1", "time": "2026-01-06T00:00:00Z", "g": "c", "w": 1.0}]""");

        JsonObject answer = Sales.ask(
                shop,
                "{'dataset':'weights','dimensions':['g'],'measures':[{'agg':'sum','field':'w'},{'agg':'avg','field':'w'},{'agg':'count'}]}");

        assertThat(answer.getString("plan")).isEqualTo("rollup:hourly");
        assertThat(Sales.rows(answer))
                .containsExactly("[\"a\",null,null,3]", "[\"b\",null,null,3]", "[\"c\",1.0,1.0,1]");
        assertThat(answer.getJsonObject("totals").getValue("sum_w")).isNull();
    }

    @Test
    void isMadeAsTheDocumentSays() throws IOException {
        Matcher request = Pattern.compile("(?s)curl \\$URL([^ ]*/rollups) [^\n]*-d '\n(.*?)'\n```")
                .matcher(Files.readString(Path.of("docs/queries.md")));
        assertThat(request.find()).isTrue();

        HttpResponse<Buffer> made = shop.caller().post(request.group(1), request.group(2));

        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        assertThat(made.bodyAsJsonObject().getLong("rows")).isEqualTo(8);
        assertThat(Sales.ask(shop, "{'dimensions':['country'],'measures':[{'agg':'max','field':'amount'}]}")
                        .getString("plan"))
                .isEqualTo("rollup:hourly");
    }

    @Test
    void readsTheEventsWhereTheRollupCannotTell() {
        declareHourly();

        JsonObject byCity = Sales.ask(shop, "{'dataset':'sales','dimensions':['city'],'measures':[{'agg':'count'}]}");

        assertThat(byCity.getString("plan")).isEqualTo("scan");
    }

    @Test
    void countsTheRowsOfTheRollupAsTheCost() {
        assertThat(declare("{'name':'daily','grain':'1d'}").statusCode()).isEqualTo(201);
        int kept = shop.caller().get(ROLLUPS + "/daily").bodyAsJsonObject().getInteger("rows");
        String count = "{'dataset':'sales','measures':[{'agg':'count'}],'dry_run':true}";

        JsonObject priced = Sales.ask(shop, count);

        assertThat(priced.getString("plan")).isEqualTo("rollup:daily");
        assertThat(priced.getInteger("est_rows")).isEqualTo(kept).isLessThan(8);
    }

    @Test
    void readsTheRollupHoweverOftenTheSameIsAskedAnew() {
        declareHourly();
        for (int i = 0; i < 4; i++) {
            assertThat(Sales.ask(shop, BY_COUNTRY).getString("plan")).isEqualTo("rollup:hourly");
            Sales.send(shop, Sales.EVENTS_PATH, """
                    {"event_id": "more-%d", "time": "2026-03-28T22:40:00Z", "country": "DE", "amount": 1}""".formatted(i));
        }
    }

    @Test
    void tellsOfThem() {
        declareHourly();

        JsonArray all = shop.caller().get(ROLLUPS).bodyAsJsonObject().getJsonArray("data");
        JsonObject one = shop.caller().get(ROLLUPS + "/hourly").bodyAsJsonObject();

        assertThat(all).containsExactly(one);
        assertThat(one.getString("grain")).isEqualTo("1h");
        assertThat(one.getLong("rows")).isEqualTo(8);
        assertProblem(shop.caller().get(ROLLUPS + "/daily"), 404, "not_found");
    }

    @Test
    void keepsItNoMoreOnceItIsDeleted() {
        declareHourly();

        assertThat(shop.caller().delete(ROLLUPS + "/hourly").statusCode()).isEqualTo(204);

        assertThat(Sales.ask(shop, BY_COUNTRY).getString("plan")).isEqualTo("scan");
        assertProblem(shop.caller().delete(ROLLUPS + "/hourly"), 404, "not_found");
        declareHourly();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'r'}                                                      | invalid_request",
                "{'name':'r','grain':'1w'}                                         | invalid_model",
                "{'name':'r','grain':'45m'}                                        | invalid_model",
                "{'name':'r','grain':'1h','dimensions':['time']}                   | invalid_model",
                "{'name':'r','grain':'1h','dimensions':['contry']}                 | unknown_field",
                "{'name':'r','grain':'1h','measures':[{'agg':'sum','expr':'amount * 2'}]} | invalid_model",
                "{'name':'r','grain':'1h','measures':[{'agg':'count_distinct','field':'user'}]} | invalid_model"
            })
    void refusesWhatCannotBeKept(String rollup, String code) {
        assertProblem(declare(rollup), 422, code);
    }

    @Test
    void refusesANameThatIsTakenAndWhoMayNot() {
        declareHourly();
        Caller reader = service.platform()
                .as(Service.newKey(shop.caller(), shop.tenant(), List.of("datasets:read"))
                        .getString("key"));

        assertProblem(declare("{'name':'hourly','grain':'1d'}"), 409, "already_exists");
        assertProblem(reader.post(ROLLUPS, "{\"name\":\"x\",\"grain\":\"1h\"}"), 403, "insufficient_scope");
        assertProblem(service.newCustomer().caller().get(ROLLUPS), 404, "not_found");
    }
}
