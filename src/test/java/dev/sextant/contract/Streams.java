package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.launch.Configs;
import dev.sextant.launch.SextantConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Orders to stream, and a configuration whose limits tests can reach. */
final class Streams {

    static final int CREDITS = 4;
    static final int PENDING_ROWS_MAX = 100;
    static final int SUBSCRIPTIONS_MAX = 5;
    static final int SOCKETS_PER_TENANT_MAX = 6;
    static final int QUERIES_PER_TENANT_MAX = 4;
    static final Duration LINGER = Duration.ofSeconds(5);

    static final String BY_COUNTRY =
            "{'dataset':'orders','measures':[{'agg':'count','as':'n'},{'agg':'sum','field':'amount','as':'sum'}],"
                    + "'dimensions':['country']}";
    static final String TOP_TWO = "{'dataset':'orders','measures':[{'agg':'sum','field':'amount','as':'sum'}],"
            + "'dimensions':['country'],'order':[{'by':'sum','dir':'desc'}],'limit':2}";

    private Streams() {}

    static SextantConfig config() {
        return config(SextantConfig.DEFAULT);
    }

    /** With the limits of these tests, and all else as in {@code usual}. */
    static SextantConfig config(SextantConfig usual) {
        return Configs.with(
                usual,
                Map.ofEntries(
                        Map.entry("live.queries_max", "100"),
                        Map.entry("live.queries_per_tenant_max", Integer.toString(QUERIES_PER_TENANT_MAX)),
                        Map.entry("live.linger", LINGER.toMillis() + "ms"),
                        Map.entry("live.kept_deltas_max", "100"),
                        Map.entry("live.kept_rows_max", "1000"),
                        Map.entry("push.sockets.all_max", "1000"),
                        Map.entry("push.sockets.per_tenant_max", Integer.toString(SOCKETS_PER_TENANT_MAX)),
                        Map.entry("push.sockets.subscriptions_max", Integer.toString(SUBSCRIPTIONS_MAX)),
                        Map.entry("push.flow.credits", Integer.toString(CREDITS)),
                        Map.entry("push.flow.credits_max", "100"),
                        Map.entry("push.flow.pending_rows_max", Integer.toString(PENDING_ROWS_MAX)),
                        Map.entry("push.times.heartbeat", "500ms"),
                        Map.entry("push.times.auth_patience", "400ms")));
    }

    /** With a dataset of orders, and none in it. */
    static Customer customerWithOrders(Service service) {
        Customer customer = service.newCustomer();
        HttpResponse<Buffer> made = customer.caller().post("/api/v2/datasets", """
                {"name":"orders","model":{"entity":"user","value":"amount",
                 "dimensions":[{"name":"country","type":"string"},{"name":"amount","type":"long"}]}}""");
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        return customer;
    }

    static void order(Customer customer, String country, long amount) {
        send(customer, new JsonArray().add(order(country, amount)));
    }

    /** One order from each of these countries, in one batch. */
    static void orders(Customer customer, Stream<String> countries) {
        send(
                customer,
                countries.map(country -> order(country, 1)).collect(JsonArray::new, JsonArray::add, JsonArray::addAll));
    }

    private static JsonObject order(String country, long amount) {
        return new JsonObject().put("country", country).put("amount", amount).put("user", "u1");
    }

    private static void send(Customer customer, JsonArray events) {
        HttpResponse<Buffer> taken = customer.caller().post("/api/v2/datasets/orders/events", events.encode());
        assertThat(taken.statusCode()).as(taken.bodyAsString()).isEqualTo(202);
    }

    /** The rows of a fresh answer. */
    static Set<String> query(Customer customer, String query) {
        HttpResponse<Buffer> answer =
                customer.caller().post("/api/v2/analytics/realtime/query", query.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        return answer.bodyAsJsonObject().getJsonArray("rows").stream()
                .map(JsonArray.class::cast)
                .map(JsonArray::encode)
                .collect(Collectors.toCollection(HashSet::new));
    }

    static String subscribe(String id, String query) {
        return "{'op':'subscribe','id':'%s','query':%s,'max_hz':20}".formatted(id, query);
    }

    static String subscribe(String id, String query, Folded resume) {
        return subscribe(id, query, resume.epoch(), resume.offset());
    }

    static String subscribe(String id, String query, String epoch, long offset) {
        return "{'op':'subscribe','id':'%s','query':%s,'max_hz':20,'resume':{'epoch':'%s','offset':%d}}"
                .formatted(id, query, epoch, offset);
    }
}
