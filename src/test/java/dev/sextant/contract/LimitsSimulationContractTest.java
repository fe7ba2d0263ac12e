package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other limits would mean, before they are in force. */
@Timeout(60)
class LimitsSimulationContractTest {

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.WHERE_NEEDED);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void changesNothing() {
        Customer customer = service.newCustomer();

        JsonObject simulated = simulated(customer, "{\"requests\": {\"per_minute\": 1}}");

        assertThat(simulated.getJsonObject("requests").getInteger("per_minute")).isEqualTo(1);
        assertThat(customer.caller().get(limits(customer)).bodyAsJsonObject().getInteger("version"))
                .isZero();
        call(customer, 10);
    }

    @Test
    void tellsWhatWouldHaveBecomeOfTheLastCalls() {
        Customer customer = service.newCustomer();
        call(customer, 20);

        await().untilAsserted(() -> assertThat(
                        impact(customer, "{\"requests\": {\"per_minute\": 5}}").getLong("would_reject"))
                .isGreaterThanOrEqualTo(15));
        JsonObject waiting = impact(customer, "{\"requests\": {\"per_minute\": 5}, \"mode\": \"throttle\"}");
        assertThat(waiting.getLong("would_throttle")).isGreaterThanOrEqualTo(15);
        assertThat(waiting.getLong("would_reject")).isZero();
        assertThat(impact(service.newCustomer(), "{\"requests\": {\"per_minute\": 5}}"))
                .as("what another tenant's calls count for")
                .isEqualTo(JsonObject.of("would_throttle", 0, "would_reject", 0));
    }

    private static void call(Customer customer, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(customer.caller().get("/api/v2/datasets").statusCode()).isEqualTo(200);
        }
    }

    private static JsonObject impact(Customer customer, String limits) {
        return simulated(customer, limits).getJsonObject("impact_24h");
    }

    private static JsonObject simulated(Customer customer, String limits) {
        return customer.caller()
                .send(
                        customer.caller().json(HttpMethod.PUT, limits(customer) + "?simulate=true"),
                        Buffer.buffer(limits))
                .bodyAsJsonObject();
    }

    private static String limits(Customer customer) {
        return "/api/v2/admin/tenants/" + customer.tenant() + "/limits";
    }
}
