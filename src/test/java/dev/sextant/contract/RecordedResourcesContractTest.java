package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records name what was touched: each operation of the contract that makes something, and each that reads events. */
@Timeout(120)
class RecordedResourcesContractTest {

    private static final String BASE = "/api/v2/";

    /** A socket is about as many datasets as its frames name. */
    private static final Set<String> SOCKETS = Set.of("streamRealtime");

    private static Service service;
    private static Customer acme;

    /** Makes things; so that {@link #acme} has one dataset, and need not name it. */
    private static Customer maker;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        maker = service.newCustomer();
        Sales.fill(acme);
        Sales.create(maker, "sales");
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> whatMakesSomethingNamesIt() {
        return Promised.all().stream()
                .filter(RecordedResourcesContractTest::makes)
                .map(promised -> DynamicTest.dynamicTest(promised.id(), () -> assertNamesWhatItMade(promised)));
    }

    private static boolean makes(Promised promised) {
        return promised.method().name().equals("POST")
                && promised.operation().getResponses().containsKey("201");
    }

    private static void assertNamesWhatItMade(Promised promised) {
        boolean isOperators = promised.path().startsWith(BASE + "admin/tenants");
        Caller caller = isOperators ? service.platform() : maker.caller();
        String wish = promised.body("sales").replace("planted@", promised.id() + "@");

        HttpResponse<Buffer> made = caller.post(path(promised), wish);

        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        JsonObject body = made.bodyAsJsonObject();
        String id = body.containsKey("id") ? body.getString("id") : body.getString("name");
        assertThat(AuditContractTest.recordOf(caller, made).getString("resource"))
                .isEqualTo(path(promised).substring(BASE.length()) + "/" + id);
    }

    private static String path(Promised promised) {
        return promised.path().replace("{name}", "sales");
    }

    @TestFactory
    Stream<DynamicTest> whatReadsEventsNamesTheirDataset() {
        return Promised.all().stream()
                .filter(promised -> promised.scopes().contains("analytics:read"))
                .filter(promised -> promised.path().startsWith(BASE + "analytics/")
                        || promised.path().endsWith("/values"))
                .filter(promised -> !SOCKETS.contains(promised.id()))
                .map(promised -> DynamicTest.dynamicTest(promised.id(), () -> assertNamesItsDataset(promised)));
    }

    private static void assertNamesItsDataset(Promised promised) {
        HttpResponse<Buffer> answer = promised.method().name().equals("POST")
                ? acme.caller().post(path(promised), promised.body("sales"))
                : acme.caller()
                        .get(path(promised) + "?"
                                + String.join("&", promised.required().toList()));

        assertThat(AuditContractTest.recordOf(acme, answer).getString("resource"))
                .isEqualTo("datasets/sales");
    }

    @Test
    void aSavedQueryNamesTheDatasetThatItReads() {
        String id = acme.caller()
                .post(
                        "/api/v2/saved-queries",
                        "{\"name\": \"all\", \"query\": {\"dataset\": \"sales\", \"measures\": [{\"agg\": \"count\"}]}}")
                .bodyAsJsonObject()
                .getString("id");

        HttpResponse<Buffer> run = acme.caller().post("/api/v2/saved-queries/" + id + "/run", "{}");

        assertThat(AuditContractTest.recordOf(acme, run).getString("resource")).isEqualTo("datasets/sales");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/datasets/sales/events", "/api/v2/events"})
    void eventsNameTheirDatasetWhereverTheyAreSent(String path) {
        HttpResponse<Buffer> taken = maker.caller().post(path, Sales.EVENTS.getFirst());
        HttpResponse<Buffer> refused = maker.caller().post(path, "[1]");

        assertThat(taken.statusCode()).as(taken.bodyAsString()).isEqualTo(202);
        assertThat(refused.statusCode()).as(refused.bodyAsString()).isEqualTo(422);
        assertThat(AuditContractTest.recordOf(maker, taken).getString("resource"))
                .isEqualTo("datasets/sales/events");
        assertThat(AuditContractTest.recordOf(maker, refused).getString("resource"))
                .isEqualTo("datasets/sales/events");
    }

    @Test
    void aSocketNamesTheDatasetsThatItLookedAt() {
        StreamClient socket = StreamClient.open(service, acme.caller());
        socket.send(Streams.subscribe("s1", "{'measures':[{'agg':'count'}]}"));
        socket.next("snapshot");

        socket.close();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> acme
                        .caller()
                        .get("/api/v2/audit/events?operation=streamRealtime&status=101")
                        .bodyAsJsonObject()
                        .getJsonArray("data")
                        .stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(record -> record.getString("kind").equals("socket")
                                && record.getString("resource").equals("datasets/sales")));
    }

    @Test
    void aQueryThatIsRefusedNamesItsDatasetToo() {
        HttpResponse<Buffer> refused =
                acme.caller().post(Sales.QUERY, "{\"dataset\": \"nothing\", \"measures\": [{\"agg\": \"count\"}]}");

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(AuditContractTest.recordOf(acme, refused).getString("resource"))
                .isEqualTo("datasets/nothing");
    }
}
