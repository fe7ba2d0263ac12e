package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What answers say is left, after the limits were changed and before the next query. */
@Timeout(60)
class ChangedLimitsContractTest {

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
    void saysWhatIsLeftAsSoonAsTheLimitsAreOthers() {
        allowEachDay(5_000);
        Sales.ask(shop, "{'dataset':'sales','measures':[{'agg':'count'}]}");
        long used = 5_000 - leftOfTheDay();

        allowEachDay(1);
        await().untilAsserted(() -> assertThat(leftOfTheDay()).isZero());
        allowEachDay(1_000_000);
        await().untilAsserted(() -> assertThat(leftOfTheDay()).isEqualTo(1_000_000 - used));
        assertThat(used).isPositive();
    }

    private static void allowEachDay(long units) {
        HttpResponse<Buffer> changed = shop.caller()
                .put(
                        "/api/v2/admin/tenants/%s/limits".formatted(shop.tenant()),
                        "{\"cost_units\": {\"per_day\": %d}}".formatted(units));
        assertThat(changed.statusCode()).as(changed.bodyAsString()).isEqualTo(200);
    }

    /** As an answer says that is no query's. */
    private static long leftOfTheDay() {
        String told = shop.caller().get(Sales.DATASETS).getHeader("ratelimit");
        return Long.parseLong(told.replaceAll(".*\"cost-day\";r=([0-9]+).*", "$1"));
    }
}
