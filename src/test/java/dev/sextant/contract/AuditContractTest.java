package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is on record of calls, and how a tenant can tell that nobody has changed it. */
@Timeout(60)
@Covers({
    "listAuditEvents",
    "getAuditTreeHead",
    "proveAuditInclusion",
    "proveAuditConsistency",
    "verifyAudit",
    "exportAudit"
})
class AuditContractTest {

    private static final String EVENTS = "/api/v2/audit/events";
    private static final String HEAD = "/api/v2/audit/tree-head";
    private static final String INCLUSION = "/api/v2/audit/proofs/inclusion";
    private static final String CONSISTENCY = "/api/v2/audit/proofs/consistency";

    private static Service service;
    private static Customer acme;
    private static Customer bolt;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        bolt = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    /** The one record of the call that was answered so, as soon as it is there. */
    static JsonObject recordOf(Customer customer, HttpResponse<Buffer> answer) {
        return recordOf(customer.caller(), answer);
    }

    /** The same, in the log of that caller's tenant. */
    static JsonObject recordOf(Caller reader, HttpResponse<Buffer> answer) {
        String path = EVENTS + "?request_id=" + answer.getHeader("x-request-id");
        await().atMost(Duration.ofSeconds(20)).until(() -> !page(reader, path).isEmpty());
        List<JsonObject> records = page(reader, path);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static List<JsonObject> page(Customer customer, String path) {
        return page(customer.caller(), path);
    }

    private static List<JsonObject> page(Caller reader, String path) {
        HttpResponse<Buffer> response = reader.get(path);
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
        return response.bodyAsJsonObject().getJsonArray("data").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    @Test
    void aReadIsOnRecord() {
        HttpResponse<Buffer> answer = acme.caller().get("/api/v2/datasets");

        JsonObject record = recordOf(acme, answer);

        assertThat(record.getString("operation")).isEqualTo("listDatasets");
        assertThat(record.getString("actor")).isEqualTo(acme.keyId());
        assertThat(record.getInteger("status")).isEqualTo(200);
        assertThat(record.getString("code")).isEmpty();
        assertThat(record.getString("address")).isEqualTo("127.0.0.1");
        assertThat(record.getString("kind")).isEqualTo("call");
        assertThat(record.getJsonObject("used").getInteger("requests")).isEqualTo(1);
        assertThat(record.getJsonObject("used").getInteger("bytes_out"))
                .isEqualTo(answer.body().length());
    }

    @Test
    void aChangeIsOnRecordOnceThoughItIsWrittenTwice() {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> answer =
                customer.caller().post("/api/v2/datasets", "{\"name\": \"sales\", \"model\": {}}");

        assertThat(recordOf(customer, answer).getInteger("status")).isEqualTo(201);
    }

    @Test
    void aRefusalIsOnRecordWithItsCode() {
        HttpResponse<Buffer> refused = acme.caller().get("/api/v2/datasets/nothing");
        HttpResponse<Buffer> denied = acme.caller().get("/api/v2/admin/tenants");

        JsonObject record = recordOf(acme, refused);
        JsonObject denial = recordOf(acme, denied);

        assertThat(record.getInteger("status")).isEqualTo(404);
        assertThat(record.getString("code")).isEqualTo("not_found");
        assertThat(record.getString("resource")).isEqualTo("datasets/nothing");
        assertThat(denial.getInteger("status")).isEqualTo(403);
        assertThat(denial.getString("code")).isEqualTo("insufficient_scope");
    }

    @Test
    void theResourceIsTheSameHoweverThePathIsSpelled() {
        HttpResponse<Buffer> answer = acme.caller().get("/api/v2/%64atasets/n%6Fthing?tenant_id=" + acme.tenant());

        assertThat(recordOf(acme, answer).getString("resource")).isEqualTo("datasets/nothing");
        for (String path : List.of("//api/v2/datasets/nothing", "/api/v2/datasets/nothing/", "/api/./v2/datasets")) {
            assertProblem(acme.caller().get(path), 404, "not_found");
        }
    }

    @Test
    void aStreamIsOnRecordWithItsBytes() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);

        HttpResponse<Buffer> answer = customer.caller()
                .send(
                        customer.caller()
                                .json(HttpMethod.POST, Sales.QUERY)
                                .putHeader("accept", "application/x-ndjson"),
                        Buffer.buffer("{\"dimensions\": [\"country\"]}"));

        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        assertThat(recordOf(customer, answer).getJsonObject("used").getInteger("bytes_out"))
                .isEqualTo(answer.body().length());
    }

    @Test
    void aSocketIsOnRecordAsItsCallers() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");

        StreamClient.open(service, customer.caller()).close();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(page(customer, EVENTS + "?operation=streamRealtime&status=101"))
                        .filteredOn(record -> record.getString("kind").equals("call"))
                        .hasSize(1));
    }

    @Test
    void whoCrossesOverIsOnRecordThere() {
        HttpResponse<Buffer> answer = service.platform().get("/api/v2/datasets?tenant_id=" + bolt.tenant());

        assertThat(recordOf(bolt, answer).getString("actor")).isEqualTo("key_platform");
    }

    @Test
    void callsOfNobodyAreCountedByTheMinute() {
        for (int i = 0; i < 3; i++) {
            assertThat(service.anonymous().get("/api/v2/datasets").statusCode()).isEqualTo(401);
        }
        service.clock().advance(Duration.ofSeconds(61));

        String path = EVENTS + "?status=401&operation=listDatasets";
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(counted(path)).isEqualTo(3));
    }

    private static int counted(String path) {
        return service.platform().get(path).bodyAsJsonObject().getJsonArray("data").stream()
                .map(JsonObject.class::cast)
                .filter(record -> record.getString("kind").equals("counted"))
                .mapToInt(record -> record.getJsonObject("used").getInteger("requests"))
                .sum();
    }

    @Test
    void findsByWhatIsAskedForInPages() {
        Customer customer = service.newCustomer();
        for (int i = 0; i < 3; i++) {
            customer.caller().get("/api/v2/datasets");
        }
        recordOf(customer, customer.caller().get("/api/v2/operations"));

        HttpResponse<Buffer> first = customer.caller().get(EVENTS + "?operation=listDatasets&limit=2");
        String cursor = first.bodyAsJsonObject().getString("next_cursor");
        List<JsonObject> rest = page(customer, EVENTS + "?operation=listDatasets&limit=2&cursor=" + cursor);

        assertThat(first.bodyAsJsonObject().getJsonArray("data")).hasSize(2);
        assertThat(first.getHeader("link")).contains("operation=listDatasets");
        assertThat(rest).hasSize(1);
        assertThat(page(customer, EVENTS + "?actor=key_0")).isEmpty();
        assertThat(page(customer, EVENTS + "?to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(page(customer, EVENTS + "?from=2020-01-01T00:00:00Z&status=200&limit=3"))
                .hasSize(3);
        assertThat(errors(customer.caller().get(EVENTS + "?from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z")))
                .containsExactly("from out_of_range");
    }

    @Test
    void refusesCursorsThatAreNone() {
        assertProblem(acme.caller().get(EVENTS + "?cursor=abc"), 422, "invalid_cursor");
        String ofKeys = new dev.sextant.kernel.Cursor("key_1").text();
        assertProblem(acme.caller().get(EVENTS + "?cursor=" + ofKeys), 422, "invalid_cursor");
    }

    @Test
    void provesThatARecordIsThere() {
        JsonObject record = recordOf(acme, acme.caller().get("/api/v2/datasets"));

        JsonObject proof = acme.caller()
                .get(INCLUSION + "?leaf_index=" + record.getInteger("leaf_index"))
                .bodyAsJsonObject();

        assertThat(proof.getString("leaf_hash")).isEqualTo(record.getString("leaf_hash"));
        assertThat(proof.getInteger("tree_size")).isGreaterThan(record.getInteger("leaf_index"));
    }

    @Test
    void provesThatTheLogOnlyGrew() {
        recordOf(acme, acme.caller().get("/api/v2/datasets"));
        JsonObject before = acme.caller().get(HEAD).bodyAsJsonObject();
        recordOf(acme, acme.caller().get("/api/v2/datasets"));

        JsonObject proof = acme.caller()
                .get(CONSISTENCY + "?from=" + before.getInteger("tree_size"))
                .bodyAsJsonObject();

        assertThat(proof.getString("from_root_hash")).isEqualTo(before.getString("root_hash"));
        assertThat(proof.getInteger("to_size")).isGreaterThan(before.getInteger("tree_size"));
    }

    @Test
    void refusesProofsOfWhatIsNotThere() {
        assertThat(errors(acme.caller().get(INCLUSION + "?leaf_index=99999999")))
                .containsExactly("leaf_index out_of_range");
        assertThat(errors(acme.caller().get(INCLUSION + "?leaf_index=0&tree_size=99999999")))
                .containsExactly("tree_size out_of_range");
        assertThat(errors(acme.caller().get(CONSISTENCY + "?from=99999999"))).containsExactly("from out_of_range");
        assertThat(errors(acme.caller().get(CONSISTENCY + "?from=1&to=99999999")))
                .containsExactly("to out_of_range");
    }

    @Test
    void findsALogThatNobodyTouchedGood() {
        recordOf(acme, acme.caller().get("/api/v2/datasets"));

        JsonObject report = acme.caller().post("/api/v2/audit/verify", "{}").bodyAsJsonObject();

        assertThat(report.getBoolean("valid")).as(report.encode()).isTrue();
        assertThat(report.getLong("to_index")).isPositive();
        assertThat(report.getValue("next_index")).isNull();
    }

    @Test
    void refusesAStretchThatEndsBeforeItBegins() {
        HttpResponse<Buffer> response =
                acme.caller().post("/api/v2/audit/verify", "{\"from_index\": 5, \"to_index\": 2}");

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).containsExactly("/from_index out_of_range");
    }

    @Test
    void exportsTheWholeLog() {
        recordOf(acme, acme.caller().get("/api/v2/datasets"));

        HttpResponse<Buffer> answer =
                acme.caller().send(acme.caller().request(HttpMethod.POST, "/api/v2/audit/export"), Buffer.buffer());

        assertThat(answer.statusCode()).isEqualTo(200);
        List<JsonObject> lines =
                answer.bodyAsString().lines().map(JsonObject::new).toList();
        assertThat(lines.getFirst().getString("tenant_id")).isEqualTo(acme.tenant());
        assertThat(lines.getLast().getInteger("records")).isEqualTo(lines.size() - 2);
        assertThat(lines.get(1).getJsonObject("entry").getString("tenant_id")).isEqualTo(acme.tenant());
    }

    @Test
    void anotherTenantSeesNothing() {
        HttpResponse<Buffer> answer = acme.caller().get("/api/v2/datasets");
        recordOf(acme, answer);

        assertThat(page(bolt, EVENTS + "?request_id=" + answer.getHeader("x-request-id")))
                .isEmpty();
        for (String path : List.of(EVENTS, HEAD, INCLUSION, CONSISTENCY)) {
            String wish = path.equals(INCLUSION) ? "&leaf_index=0" : path.equals(CONSISTENCY) ? "&from=1" : "";
            assertProblem(bolt.caller().get(path + "?tenant_id=" + acme.tenant() + wish), 403, "tenant_mismatch");
        }
    }

    @Test
    void refusesTheCallWithoutTheScope() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("datasets:read"));
        Caller holder = service.platform().as(key.getString("key"));

        assertProblem(holder.get(EVENTS), 403, "insufficient_scope");
        assertProblem(holder.get(HEAD), 403, "insufficient_scope");
        assertProblem(holder.post("/api/v2/audit/verify", "{}"), 403, "insufficient_scope");
        assertProblem(
                holder.send(holder.request(HttpMethod.POST, "/api/v2/audit/export"), Buffer.buffer()),
                403,
                "insufficient_scope");
    }
}
