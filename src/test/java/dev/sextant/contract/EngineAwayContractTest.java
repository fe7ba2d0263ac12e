package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.ServerInTests;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is answered while the engine is away: what was answered last, marked as that. */
@Timeout(60)
class EngineAwayContractTest {

    private static final String COUNT =
            "{'dataset':'sales','measures':[{'agg':'count'}],'time_range':{'last':'3650d'}}".replace('\'', '"');
    private static final String BY_COUNTRY =
            "{'dataset':'sales','measures':[{'agg':'count'}],'dimensions':['country']}".replace('\'', '"');

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(
                Bus.Wire.ALWAYS, TestServers.freshPostgres(), ServerInTests.config(Map.of("query.lasts.keep", "1h")));
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @AfterEach
    void letTheEngineCome() {
        service.engine().refuseToRun(false);
    }

    private static Customer filled() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        return customer;
    }

    private static void addOne(Customer customer) {
        Sales.send(customer, Sales.EVENTS_PATH, "[" + Sales.EVENTS.getFirst().replace("\"e1\"", "\"later\"") + "]");
    }

    private static HttpResponse<Buffer> ask(Customer customer, String query) {
        return customer.caller().post(Sales.QUERY, query);
    }

    @Test
    void theLastAnswerIsGivenAgainWhereDataHasComeSince() {
        Customer customer = filled();
        JsonObject before = ask(customer, COUNT).bodyAsJsonObject();
        addOne(customer);
        service.engine().refuseToRun(true);

        HttpResponse<Buffer> answer = ask(customer, COUNT);

        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        JsonObject body = answer.bodyAsJsonObject();
        assertThat(body.getJsonArray("rows")).isEqualTo(before.getJsonArray("rows"));
        assertThat(body.getString("data_version")).isEqualTo(before.getString("data_version"));
        assertThat(body.getJsonObject("meta").getBoolean("stale")).isTrue();
        assertThat(body.getJsonObject("meta").getString("cache")).isEqualTo("stale");
        assertThat(answer.getHeader("cache-status")).isEqualTo("sextant; hit; detail=stale");
    }

    @Test
    void theNextAnswerIsFreshWhenTheEngineIsBack() {
        Customer customer = filled();
        ask(customer, COUNT);
        addOne(customer);
        service.engine().refuseToRun(true);
        JsonObject stale = ask(customer, COUNT).bodyAsJsonObject();
        service.engine().refuseToRun(false);

        JsonObject fresh = ask(customer, COUNT).bodyAsJsonObject();

        assertThat(fresh.getJsonObject("meta").getBoolean("stale")).isFalse();
        assertThat(fresh.getJsonArray("rows")).isNotEqualTo(stale.getJsonArray("rows"));
    }

    @Test
    void whatWasNeverAnsweredIsRefused() {
        Customer customer = filled();
        ask(customer, COUNT);
        service.engine().refuseToRun(true);

        assertProblem(ask(customer, BY_COUNTRY), 503, "unavailable");
    }

    @Test
    void nobodyGetsTheAnswerOfAnotherTenant() {
        Customer other = filled();
        ask(other, COUNT);
        Customer customer = filled();
        service.engine().refuseToRun(true);

        assertProblem(ask(customer, COUNT), 503, "unavailable");
    }
}
