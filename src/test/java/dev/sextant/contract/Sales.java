package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;

/** A shop's dataset, small enough to work its answers out by hand: a field of each type, and eight events. */
final class Sales {

    static final String MODEL = """
            {"time": "time", "entity": "user", "event": "action", "session": null, "value": "amount",
             "touchpoint": "channel",
             "dimensions": [
               {"name": "country", "type": "string"}, {"name": "city", "type": "string"},
               {"name": "channel", "type": "string"},
               {"name": "amount", "type": "long", "unit": "cents", "currency": "EUR"},
               {"name": "weight", "type": "double", "unit": "kg"}, {"name": "gift", "type": "boolean"},
               {"name": "shipped", "type": "timestamp"}, {"name": "extra", "type": "json"}],
             "hierarchies": [{"name": "place", "levels": ["country", "city"]}],
             "measures": [
               {"name": "orders", "agg": "count"}, {"name": "turnover", "agg": "sum", "field": "amount"},
               {"name": "gift_share", "agg": "ratio", "of": [
                 {"agg": "count", "filter": {"field": "gift", "op": "eq", "value": true}}, {"agg": "count"}]}],
             "segments": [{"name": "gifts", "filter": {"field": "gift", "op": "eq", "value": true}}]}""";

    /** The clocks of Berlin go from 02:00 to 03:00 on the 29th, at 01:00 UTC. */
    static final List<String> EVENTS = List.of("""
            {"event_id": "e1", "time": "2026-03-28T22:30:00Z", "user": "u1", "action": "purchase", "country": "DE",
             "city": "Berlin", "channel": "web", "amount": 1000, "weight": 1.5, "gift": true,
             "shipped": "2026-03-30T06:00:00Z", "color": "red"}""", """
            {"event_id": "e2", "time": "2026-03-28T23:30:00Z", "user": "u2", "action": "purchase", "country": "DE",
             "city": "Bonn", "channel": "web", "amount": 2500, "weight": 2, "gift": false, "color": "blue",
             "size": 42}""", """
            {"event_id": "e3", "time": "2026-03-29T00:30:00Z", "user": "u1", "action": "purchase", "country": "FR",
             "city": "Paris", "channel": "app", "amount": 400, "weight": 0.5, "gift": true}""", """
            {"event_id": "e4", "time": "2026-03-29T01:30:00Z", "user": "u3", "action": "purchase", "country": "FR",
             "city": null, "channel": "app", "amount": 700, "gift": false, "size": 9}""", """
            {"event_id": "e5", "time": "2026-03-29T10:00:00Z", "user": "u2", "action": "refund", "country": "DE",
             "city": "Berlin", "channel": "web", "amount": -2500, "weight": 2.0, "gift": false}""", """
            {"event_id": "e6", "time": "2026-03-29T22:30:00Z", "user": "u4", "action": "purchase", "country": "ES",
             "city": "Madrid", "channel": "store", "amount": 9000, "weight": 12.25, "gift": true,
             "extra": {"a": [1, 2]}}""", """
            {"event_id": "e7", "time": "2026-03-30T08:00:00Z", "user": "u1", "action": "purchase", "country": "DE",
             "city": "Berlin", "channel": "app", "amount": 1000, "weight": 1.5}""", """
            {"event_id": "e8", "time": "2026-03-30T08:00:00Z", "user": "u5", "action": "purchase",
             "channel": "web", "amount": 100, "gift": false}""");

    static final String DATASETS = "/api/v2/datasets";
    static final String EVENTS_PATH = DATASETS + "/sales/events";
    static final String QUERY = "/api/v2/analytics/realtime/query";

    private Sales() {}

    /** Makes the dataset {@code sales}, with its events. */
    static void fill(Customer customer) {
        create(customer, "sales");
        HttpResponse<Buffer> receipt = send(customer, EVENTS_PATH, "[" + String.join(",", EVENTS) + "]");
        assertThat(receipt.bodyAsJsonObject().getLong("accepted")).isEqualTo(8);
    }

    /** Makes an empty dataset of the model. */
    static void create(Customer customer, String name) {
        HttpResponse<Buffer> made =
                customer.caller().post(DATASETS, "{\"name\": \"%s\", \"model\": %s}".formatted(name, MODEL));
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
    }

    /** Sends events that must be taken. */
    static HttpResponse<Buffer> send(Customer customer, String path, String events) {
        HttpResponse<Buffer> receipt = customer.caller().post(path, events);
        assertThat(receipt.statusCode()).as(receipt.bodyAsString()).isEqualTo(202);
        return receipt;
    }

    static HttpResponse<Buffer> sendLines(Customer customer, String path, Buffer lines) {
        return customer.caller()
                .send(
                        customer.caller()
                                .request(HttpMethod.POST, path)
                                .putHeader("content-type", "application/x-ndjson"),
                        lines);
    }

    /** Asks what must be answered. In the body, an apostrophe stands for a quotation mark. */
    static JsonObject ask(Customer customer, String body) {
        HttpResponse<Buffer> answer = askRaw(customer, body);
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        return answer.bodyAsJsonObject();
    }

    static HttpResponse<Buffer> askRaw(Customer customer, String body) {
        return customer.caller().post(QUERY, body.replace('\'', '"'));
    }

    /** The rows of an answer, each as JSON. */
    static List<String> rows(JsonObject answer) {
        return answer.getJsonArray("rows").stream()
                .map(row -> ((JsonArray) row).encode())
                .toList();
    }
}
