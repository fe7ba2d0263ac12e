package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream, over real sockets: frames that cannot be meant. */
@Timeout(120)
class StreamFramesContractTest {

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS, TestServers.freshPostgres(), Streams.config());
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void saysWhatIsWrongWithAQuestionAndStaysOpen() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());

        client.send(Streams.subscribe("q", Streams.BY_COUNTRY.replace("'country'", "'contry'")));
        assertProblem(client.next("error"), "q", 422, "unknown_field", "/query/dimensions/0");
        client.send(Streams.subscribe("q", Streams.BY_COUNTRY.replace("'orders'", "5")));
        assertProblem(client.next("error"), "q", 422, "invalid_request", "/query/dataset");
        client.send(Streams.subscribe("q", Streams.BY_COUNTRY.replace("'orders'", "'nothing'")));
        assertProblem(client.next("error"), "q", 404, "not_found", null);
        client.send(Streams.subscribe("q", Streams.BY_COUNTRY.replace("'dimensions'", "'cursor':'x','dimensions'")));
        assertProblem(client.next("error"), "q", 422, "not_supported", "/query/cursor");
        client.send("{'op':'subscribe','id':'m','topic':'metrics','metrics':['nothing']}");
        assertProblem(client.next("error"), "m", 422, "unknown_field", "/metrics");
        client.send("{'op':'subscribe','id':'m','topic':'metrics','timeframe':'2w'}");
        assertProblem(client.next("error"), "m", 422, "invalid_timeframe", "/timeframe");
        client.send("{'op':'subscribe','id':'a','topic':'anomalies'}");
        assertProblem(client.next("error"), "a", 422, "not_supported", "/topic");
        client.send("{'op':'subscribe','id':'a','query':{},'max_hz':21}");
        assertProblem(client.next("error"), "a", 422, "invalid_request", "/max_hz");
        client.send("{'op':'subscribe','id':'a'}");
        assertProblem(client.next("error"), "a", 422, "invalid_request", "/query");
        client.send("{'op':'subscribe','id':'no id','query':{}}");
        assertProblem(client.next("error"), null, 422, "invalid_request", "/id");
        client.send("{'op':'ack','id':'a','credits':-1}");
        assertProblem(client.next("error"), "a", 422, "invalid_request", "/credits");

        client.send(Streams.subscribe("q", Streams.BY_COUNTRY));
        client.next("snapshot");
        client.send(Streams.subscribe("q", Streams.BY_COUNTRY));
        assertProblem(client.next("error"), "q", 409, "already_exists", null);
    }

    @Test
    void boundsTheSubscriptionsOfASocket() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        for (int i = 0; i < Streams.SUBSCRIPTIONS_MAX; i++) {
            client.send(Streams.subscribe("s" + i, Streams.BY_COUNTRY));
            client.next("snapshot");
        }

        client.send(Streams.subscribe("more", Streams.BY_COUNTRY));

        assertProblem(client.next("error"), "more", 422, "limit_exceeded", null);
    }

    @Test
    void boundsTheLiveQueriesOfATenant() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        for (int limit = 1; limit <= Streams.QUERIES_PER_TENANT_MAX; limit++) {
            client.send(Streams.subscribe("s" + limit, Streams.TOP_TWO.replace("'limit':2", "'limit':" + limit)));
            client.next("snapshot");
        }

        client.send(Streams.subscribe("more", Streams.TOP_TWO.replace("'limit':2", "'limit':99")));

        assertProblem(client.next("error"), "more", 422, "limit_exceeded", null);
    }

    @Test
    void endsWhoeverSendsWhatIsNoFrame() {
        Customer acme = service.newCustomer();
        for (String frame :
                new String[] {"{", "[]", "5", "", "{'op':'dance'}", "{'op':5}", "{'op':'ack','op':'ack'}"}) {
            StreamClient client = StreamClient.open(service, acme.caller());

            client.send(frame);

            assertThat(client.closeCode()).as(frame).isEqualTo(4400);
            assertThat(client.closeReason()).isNotBlank();
        }
    }

    @Test
    void endsWhoeverSendsBytesOrTooMuch() {
        Customer acme = service.newCustomer();
        StreamClient binary = StreamClient.open(service, acme.caller());
        StreamClient large = StreamClient.open(service, acme.caller());
        StreamClient nested = StreamClient.open(service, acme.caller());

        binary.sendBinary();
        large.send("{'op':'auth','token':'" + "x".repeat(100_000) + "'}");
        nested.send("[".repeat(1000));

        assertThat(binary.closeCode()).isEqualTo(4400);
        assertThat(large.closeCode()).isEqualTo(4400);
        assertThat(nested.closeCode()).isEqualTo(4400);
    }

    private static void assertProblem(
            JsonObject error, @Nullable String id, int status, String code, @Nullable String pointer) {
        JsonObject problem = error.getJsonObject("problem");
        assertThat(problem.getInteger("status")).as(error.encode()).isEqualTo(status);
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(error.getString("id")).isEqualTo(id);
        Set<String> pointers = problem.containsKey("errors")
                ? problem.getJsonArray("errors").stream()
                        .map(JsonObject.class::cast)
                        .map(violation -> violation.getString("pointer"))
                        .collect(Collectors.toSet())
                : Set.of();
        assertThat(pointers).isEqualTo(pointer == null ? Set.of() : Set.of(pointer));
    }
}
