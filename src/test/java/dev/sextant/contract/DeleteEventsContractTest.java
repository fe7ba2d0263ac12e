package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Covers("deleteEvents")
@Timeout(60)
class DeleteEventsContractTest {

    private static final String DELETE = Sales.DATASETS + "/sales/delete";
    private static final String COUNT = "{'dataset':'sales','measures':[{'agg':'count'},{'measure':'turnover'}]}";

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

    private HttpResponse<Buffer> delete(String body) {
        return shop.caller().post(DELETE, body.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'filter':{'field':'country','op':'eq','value':'DE'}}                     | 4 | [4,10200]",
                "{'time_range':{'from':'2026-03-29T00:00:00Z','to':'2026-03-30T00:00:00Z'}} | 4 | [4,4600]",
                "{'filter':{'segment':'gifts'},'time_range':{'from':'2026-03-29T00:00:00Z','to':'2026-03-30T00:00:00Z'}} | 2 | [6,2800]",
                "{'filter':{'field':'properties.color','op':'eq','value':'red'}}           | 1 | [7,11200]",
                "{'filter':{'not':{'field':'country','op':'exists'}}}                      | 1 | [7,12100]",
                "{'filter':{'field':'country','op':'eq','value':'IT'}}                     | 0 | [8,12200]",
            })
    void deletesWhatAQueryWouldHaveFound(String meant, int gone, String left) {
        assertThat(Sales.rows(Sales.ask(shop, COUNT))).containsExactly("[8,12200]");

        HttpResponse<Buffer> receipt = delete(meant);

        assertThat(receipt.statusCode()).as(receipt.bodyAsString()).isEqualTo(200);
        assertThat(receipt.bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("deleted", gone).put("data_version", gone == 0 ? "dv_1" : "dv_2"));
        assertThat(Sales.rows(Sales.ask(shop, COUNT))).containsExactly(left);
    }

    @Test
    void leavesEachTenantItsOwn() {
        Customer rival = service.newCustomer();
        Sales.fill(rival);

        delete("{'filter':{'field':'country','op':'exists','value':true}}");

        assertThat(Sales.rows(Sales.ask(rival, COUNT))).containsExactly("[8,12200]");
        assertProblem(
                service.newCustomer().caller().post(DELETE, "{\"filter\":{\"segment\":\"gifts\"}}"), 404, "not_found");
    }

    @Test
    void takesNoneOfThemBackFromASenderWhoTriesAgain() {
        delete("{'filter':{'field':'country','op':'eq','value':'DE'}}");

        HttpResponse<Buffer> again = Sales.send(shop, Sales.EVENTS_PATH, "[" + String.join(",", Sales.EVENTS) + "]");

        assertThat(again.bodyAsJsonObject().getLong("duplicates")).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                        | invalid_request",
                "{'filter':null}                                           | invalid_query",
                "{'filter':{'field':'contry','op':'eq','value':'DE'}}      | unknown_field",
                "{'filter':{'field':'amount','op':'eq','value':'x'}}       | type_mismatch",
                "{'dataset':'sales','filter':{'segment':'gifts'}}          | invalid_request"
            })
    void refusesWhatMeansNothing(String meant, String code) {
        assertProblem(delete(meant), 422, code);
        assertThat(Sales.rows(Sales.ask(shop, COUNT))).containsExactly("[8,12200]");
    }

    @Test
    void asksForAScopeOfItsOwn() {
        Caller writer = service.platform()
                .as(Service.newKey(shop.caller(), shop.tenant(), List.of("events:write", "datasets:write"))
                        .getString("key"));

        assertProblem(writer.post(DELETE, "{\"filter\":{\"segment\":\"gifts\"}}"), 403, "insufficient_scope");
        assertProblem(service.anonymous().post(DELETE, "{}"), 401, "unauthenticated");
    }
}
