package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries whose callers go before they are answered. */
@Timeout(60)
class HangUpContractTest {

    private static final String SQL = "/api/v2/analytics/sql";
    private static final String COUNT = "{\"dataset\": \"sales\", \"measures\": [{\"agg\": \"count\"}]}";

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @AfterEach
    void letTheEngineGoOn() {
        service.engine().release();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                COUNT,
                "{\"dataset\": \"sales\", \"measures\": [{\"agg\": \"count\"}],"
                        + " \"budget\": {\"max_cost\": 1000, \"on_exceed\": \"fail\"}}"
            })
    void theEngineStopsAndThePlaceIsFreeWhenTheCallerOfAQueryHangsUp(String query) {
        assertStops(Sales.QUERY, query);
    }

    @Test
    void theEngineStopsAndThePlaceIsFreeWhenTheCallerOfAStatementHangsUp() {
        assertStops(SQL, "{\"sql\": \"select count(*) from sales\"}");
    }

    /** Metrics need a query for each part of them. */
    @ParameterizedTest
    @CsvSource({
        "/api/v2/datasets/sales/values?field=country, 1",
        "/api/v2/analytics/realtime/metrics?dataset=sales&timeframe=1h, 1",
        "/api/v2/analytics/realtime/metrics?dataset=sales&timeframe=1h&compare=1d&group_by=country&step=5m, 4"
    })
    void theEngineStopsWhenTheCallerOfMetricsOrValuesHangsUp(String path, int queries) {
        Customer shop = newShop();
        service.engine().hold();
        RawHttp caller = reads(shop, path);
        await().until(() -> service.engine().open(shop.tenant()) == queries);

        caller.close();

        await().until(() -> service.engine().open(shop.tenant()) == 0);
        service.engine().release();
        assertThat(shop.caller().get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/datasets/sales/values?field=country",
                "/api/v2/analytics/realtime/metrics?dataset=sales&timeframe=24h"
            })
    void metricsAndValuesGoOnAsLongAsSomebodyElseWaitsForThem(String path) {
        Customer shop = newShop();
        service.engine().hold();
        RawHttp stays = reads(shop, path);
        await().until(() -> service.engine().open(shop.tenant()) == 1);
        RawHttp goes = reads(shop, path);

        goes.close();
        service.engine().release();

        assertThat(stays.read().status()).isEqualTo(200);
        stays.close();
    }

    @Test
    void theEngineGoesOnAsLongAsSomebodyElseWaitsForTheSame() {
        Customer shop = newShop();
        service.engine().hold();
        RawHttp stays = asks(shop, Sales.QUERY, COUNT);
        await().until(() -> service.engine().open(shop.tenant()) == 1);
        RawHttp goes = asks(shop, Sales.QUERY, COUNT);

        goes.close();
        service.engine().release();

        RawHttp.Response answer = stays.read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getJsonArray("rows").toString())
                .isEqualTo("[[8]]");
        stays.close();
    }

    /** The tenant may have one query at once. */
    private static void assertStops(String path, String body) {
        Customer shop = newShop();
        String limits = "/api/v2/admin/tenants/%s/limits".formatted(shop.tenant());
        assertThat(shop.caller()
                        .put(limits, "{\"concurrency\": {\"queries\": 1}}")
                        .statusCode())
                .isEqualTo(200);
        service.engine().hold();
        RawHttp caller = asks(shop, path, body);
        await().until(() -> service.engine().open(shop.tenant()) == 1);

        caller.close();

        await().until(() -> service.engine().open(shop.tenant()) == 0);
        service.engine().release();
        await().until(() -> shop.caller().post(path, body).statusCode() == 200);
    }

    private static Customer newShop() {
        Customer shop = service.newCustomer();
        Sales.fill(shop);
        return shop;
    }

    private static RawHttp reads(Customer shop, String path) {
        return new RawHttp(shop.caller().port())
                .send("GET %s HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\n\r\n".formatted(path, shop.key()));
    }

    private static RawHttp asks(Customer shop, String path, String body) {
        return new RawHttp(shop.caller().port())
                .send("POST %s HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\n".formatted(path, shop.key())
                        + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(body.length(), body));
    }
}
