package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics of the time just gone. */
@Timeout(60)
@Covers("getRealtimeMetrics")
class MetricsContractTest {

    private static final String METRICS = "/api/v2/analytics/realtime/metrics";

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void tellsAllBuiltInMetricsUnlessToldWhich() {
        Customer customer = withOrders();

        JsonObject report = get(customer, "?timeframe=5m");

        assertThat(report.getString("tenant_id")).isEqualTo(customer.tenant());
        assertThat(report.getString("dataset")).isEqualTo("sales");
        assertThat(report.getString("timeframe")).isEqualTo("5m");
        assertThat(report.getJsonObject("metrics")).isEqualTo(new JsonObject("""
                {"events": {"value": 3, "unit": "count", "exact": true},
                 "users": {"value": 2, "unit": "count", "exact": true},
                 "revenue": {"value": 600, "unit": "cents", "currency": "EUR", "exact": true}}"""));
        assertThat(report.containsKey("groups")).isFalse();
        assertThat(report.containsKey("series")).isFalse();
        assertThat(report.getJsonObject("links").getString("stream")).isEqualTo("/api/v2/analytics/realtime/stream");
        assertThat(window(report)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void looksFiveMinutesBackUnlessToldHowFar() {
        assertThat(get(withOrders(), "").getString("timeframe")).isEqualTo("5m");
    }

    @Test
    void hasOnlyTheBuiltInMetricsThatTheRolesAllow() {
        Customer customer = service.newCustomer();
        customer.caller().post(Sales.DATASETS, "{\"name\": \"bare\", \"model\": {}}");

        assertThat(get(customer, "?dataset=bare").getJsonObject("metrics").fieldNames())
                .containsExactly("events");
        HttpResponse<Buffer> refused = customer.caller().get(METRICS + "?metrics=users");
        assertProblem(refused, 422, "unknown_field");
        assertThat(errors(refused)).containsExactly("metrics unknown_field");
        assertThat(refused.bodyAsJsonObject().getString("detail"))
                .isEqualTo("There is no metric 'users'; there are events.");
    }

    @Test
    void tellsNamedMeasuresInTheOrderAsked() {
        JsonObject metrics = get(withOrders(), "?metrics=gift_share,turnover,events,turnover")
                .getJsonObject("metrics");

        assertThat(metrics.fieldNames()).containsExactly("gift_share", "turnover", "events");
        assertThat(metrics.getJsonObject("gift_share").getDouble("value")).isEqualTo(1 / 3.0);
        assertThat(metrics.getJsonObject("turnover").getString("unit")).isEqualTo("cents");
    }

    @Test
    void namesTheMetricsThereAreWhereOneIsUnknown() {
        HttpResponse<Buffer> refused = withOrders().caller().get(METRICS + "?metrics=events,turnovr");

        assertProblem(refused, 422, "unknown_field");
        assertThat(refused.bodyAsJsonObject().getString("detail"))
                .isEqualTo(
                        "There is no metric 'turnovr'; there are events, users, revenue, orders, turnover, gift_share.");
    }

    @Test
    void forgetsWhatLiesBeforeTheWindow() {
        Customer customer = withOrders();

        service.clock().advance(Duration.ofMinutes(6));

        JsonObject metrics = get(customer, "?timeframe=5m").getJsonObject("metrics");
        assertThat(metrics.getJsonObject("events").getLong("value")).isZero();
        assertThat(metrics.getJsonObject("revenue").getValue("value")).isNull();
        assertThat(metrics.getJsonObject("revenue").containsKey("value")).isTrue();
        assertThat(get(customer, "?timeframe=10m")
                        .getJsonObject("metrics")
                        .getJsonObject("events")
                        .getLong("value"))
                .isEqualTo(3);
    }

    @Test
    void groupsByAFieldTheLargestFirst() {
        JsonArray groups =
                get(withOrders(), "?metrics=orders,turnover&group_by=country").getJsonArray("groups");

        assertThat(groups).isEqualTo(new JsonArray("""
                [{"key": {"country": "DE"}, "values": {"orders": 2, "turnover": 500}},
                 {"key": {"country": "FR"}, "values": {"orders": 1, "turnover": 100}}]"""));
    }

    @Test
    void groupsByAFieldThatIsCalledLikeAMetric() {
        Customer customer = service.newCustomer();
        customer.caller().post(Sales.DATASETS, """
                {"name": "s", "model": {"value": "v", "dimensions": [{"name": "revenue", "type": "string"}]}}""");
        Sales.send(
                customer,
                Sales.DATASETS + "/s/events",
                "[{\"revenue\": \"low\", \"v\": 1}, {\"revenue\": \"high\", \"v\": 9}]");

        JsonArray groups = get(customer, "?metrics=revenue&group_by=revenue").getJsonArray("groups");

        assertThat(groups).isEqualTo(new JsonArray("""
                [{"key": {"revenue": "high"}, "values": {"revenue": 9.0}},
                 {"key": {"revenue": "low"}, "values": {"revenue": 1.0}}]"""));
    }

    @Test
    void tellsASeriesByStep() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        Instant minute = Instant.ofEpochSecond(service.clock().instant().getEpochSecond() / 60 * 60 - 120);
        Sales.send(
                customer,
                Sales.EVENTS_PATH,
                "[{\"time\": \"%s\"}, {\"time\": \"%s\"}, {\"time\": \"%s\"}]"
                        .formatted(minute, minute.plusSeconds(59), minute.plusSeconds(60)));

        JsonArray series =
                get(customer, "?metrics=events&step=1m&timeframe=10m").getJsonArray("series");

        assertThat(series)
                .isEqualTo(new JsonArray("[{\"t\":\"%s\",\"events\":2},{\"t\":\"%s\",\"events\":1}]"
                        .formatted(millis(minute), millis(minute.plusSeconds(60)))));
    }

    @Test
    void comparesWithTheSameWindowEarlier() {
        Customer customer = withOrders();
        service.clock().advance(Duration.ofHours(1));
        Sales.send(customer, Sales.EVENTS_PATH, "[{\"user\": \"u1\", \"amount\": 300}]");

        JsonObject metrics = get(customer, "?timeframe=30m&compare=1h").getJsonObject("metrics");

        assertThat(metrics.getJsonObject("events"))
                .isEqualTo(new JsonObject(
                        "{\"value\":1,\"previous\":3,\"change_pct\":-66.67,\"unit\":\"count\",\"exact\":true}"));
        assertThat(metrics.getJsonObject("revenue").getDouble("change_pct")).isEqualTo(-50.0);
    }

    @Test
    void hasNothingToCompareWithWhereThereWasNothing() {
        JsonObject metrics = get(withOrders(), "?compare=1d").getJsonObject("metrics");

        assertThat(metrics.getJsonObject("events").getLong("previous")).isZero();
        assertThat(metrics.getJsonObject("events").containsKey("change_pct")).isFalse();
        assertThat(metrics.getJsonObject("revenue").containsKey("previous")).isFalse();
    }

    @Test
    void doesNotSendAgainWhatTheCallerHas() {
        Customer customer = withOrders();
        String query = "?timeframe=24h";
        String before = customer.caller().get(METRICS + query).getHeader("etag");

        await().untilAsserted(
                        () -> { // the window of a day moves on once a minute, perhaps just now
                            String etag = customer.caller().get(METRICS + query).getHeader("etag");
                            HttpResponse<Buffer> again = ifNoneMatch(customer, query, etag);
                            assertThat(again.statusCode()).isEqualTo(304);
                            assertThat(again.getHeader("etag")).isEqualTo(etag);
                        });
        Sales.send(customer, Sales.EVENTS_PATH, "{\"amount\": 1}");
        HttpResponse<Buffer> changed = ifNoneMatch(customer, query, before);

        assertThat(before).startsWith("W/\"");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.getHeader("etag")).isNotEqualTo(before);
    }

    @Test
    void aNewModelIsAnotherAnswer() {
        Customer customer = service.newCustomer();
        customer.caller().post(Sales.DATASETS, "{\"name\": \"bare\", \"model\": {}}");
        String etag = customer.caller().get(METRICS + "?timeframe=24h").getHeader("etag");

        customer.caller().patch(Sales.DATASETS + "/bare", "{\"model\": {\"entity\": \"user\"}}");

        HttpResponse<Buffer> changed = ifNoneMatch(customer, "?timeframe=24h", etag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.bodyAsJsonObject().getJsonObject("metrics").fieldNames())
                .containsExactly("events", "users");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeframe=5                | timeframe invalid_timeframe",
                "timeframe=0m               | timeframe invalid_timeframe",
                "timeframe=-5m              | timeframe invalid_timeframe",
                "timeframe=5w               | timeframe invalid_timeframe",
                "timeframe=2d               | timeframe invalid_timeframe",
                "timeframe=25h              | timeframe invalid_timeframe",
                "timeframe=5M               | timeframe invalid_timeframe",
                "timeframe=99999999s        | timeframe invalid_timeframe",
                "timeframe=5m;DROP          | timeframe invalid_timeframe",
                "step=0s                    | step invalid_timeframe",
                "step=1w                    | step invalid_timeframe",
                "timeframe=24h&step=1s      | step invalid_timeframe",
                "compare=yesterday          | compare invalid_timeframe",
                "group_by=contry            | group_by unknown_field",
                "metrics=                   | metrics invalid_request",
                "dataset=Sales              | dataset invalid_request",
                "dataset=a%20b              | dataset invalid_request",
                "timeframe=1m&timeframe=2m  | timeframe invalid_request",
                "frame=5m                   | frame invalid_request"
            })
    void refusesWhatItDoesNotUnderstand(String query, String error) {
        String[] parameterAndCode = error.split(" ", 2);

        HttpResponse<Buffer> refused = withOrders().caller().get(METRICS + "?" + query);

        assertProblem(refused, 422, parameterAndCode[1]);
        assertThat(errors(refused))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one).startsWith(parameterAndCode[0]));
    }

    @Test
    void thereAreNoMetricsOfADatasetThatThereIsNot() {
        assertProblem(withOrders().caller().get(METRICS + "?dataset=nothing"), 404, "not_found");
        assertProblem(service.newCustomer().caller().get(METRICS), 404, "not_found");
    }

    @Test
    void asksForTheScope() {
        Customer customer = withOrders();
        Caller writer = service.platform()
                .as(Service.newKey(customer.caller(), customer.tenant(), List.of("events:write"))
                        .getString("key"));

        assertProblem(writer.get(METRICS), 403, "insufficient_scope");
        assertProblem(service.anonymous().get(METRICS), 401, "unauthenticated");
    }

    private static Customer withOrders() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        Sales.send(customer, Sales.EVENTS_PATH, """
                [{"user": "u1", "country": "DE", "amount": 200, "gift": true}, {"user": "u1", "country": "DE", "amount": 300},
                 {"user": "u2", "country": "FR", "amount": 100}]""");
        return customer;
    }

    private static JsonObject get(Customer customer, String query) {
        HttpResponse<Buffer> response = customer.caller().get(METRICS + query);
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
        return response.bodyAsJsonObject();
    }

    private static HttpResponse<Buffer> ifNoneMatch(Customer customer, String query, String etag) {
        return customer.caller()
                .send(
                        customer.caller()
                                .request(HttpMethod.GET, METRICS + query)
                                .putHeader("if-none-match", etag),
                        Buffer.buffer());
    }

    private static Duration window(JsonObject report) {
        JsonObject window = report.getJsonObject("window");
        return Duration.between(Instant.parse(window.getString("from")), Instant.parse(window.getString("to")));
    }

    private static String millis(Instant instant) {
        return instant.toString().replace("Z", ".000Z");
    }
}
