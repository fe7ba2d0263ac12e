package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.engine.Share;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.SextantConfig;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant's part of the platform, from its operator's side. By default a node has three queries at once for one tenant. */
@Timeout(60)
@Covers({"scaleTenant", "rollBackOperation"})
class ScaleContractTest {

    private static final String OPERATIONS = "/api/v2/operations/";

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
    void givesATenantAnotherPartAndTheEngineFollows() {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> scaled =
                scale(customer, "{\"target\": {\"query_concurrency\": 1, \"ingest_eps\": 40000}}");

        assertThat(scaled.statusCode()).as(scaled.bodyAsString()).isEqualTo(202);
        JsonObject report = scaled.bodyAsJsonObject();
        assertThat(report.getString("status")).isEqualTo("running");
        assertThat(report.getJsonObject("plan").getJsonArray("steps")).hasSize(2);
        assertThat(report.getJsonObject("plan").getJsonObject("capacity_check").getInteger("headroom_pct"))
                .isEqualTo(66);
        untilShare(customer, new Share(1, 1.0 / 3, 2));
        JsonObject operation = untilDone(service, scaled);
        assertThat(operation.getString("kind")).isEqualTo("scale");
        assertThat(operation.getString("finished_at")).isNotNull();
        assertThat(operation.getString("query_id")).isNull();
        String self = operation.getJsonObject("links").getString("self");
        assertThat(service.platform().get(self).bodyAsJsonObject()).isEqualTo(operation);
    }

    @Test
    void whatIsNotNamedStays() {
        Customer customer = service.newCustomer();
        untilDone(service, scale(customer, "{\"target\": {\"query_concurrency\": 1}}"));

        JsonObject report =
                scale(customer, "{\"target\": {\"push_connections\": 7}}").bodyAsJsonObject();

        assertThat(report.getJsonObject("target").getInteger("query_concurrency"))
                .isEqualTo(1);
        assertThat(report.getJsonObject("target").getInteger("push_connections"))
                .isEqualTo(7);
        assertThat(report.getJsonObject("previous").getInteger("push_connections"))
                .isNull();
    }

    @Test
    void aDryRunChangesNothing() {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> planned = scale(customer, "{\"target\": {\"query_concurrency\": 2}, \"dry_run\": true}");

        assertThat(planned.statusCode()).isEqualTo(200);
        assertThat(planned.bodyAsJsonObject().getString("status")).isEqualTo("planned");
        assertThat(planned.bodyAsJsonObject().containsKey("operation_id")).isFalse();
        assertThat(service.engine().shareOf(customer.tenant())).isEmpty();
    }

    @Test
    void aRollbackBringsBackWhatThereWas() {
        Customer customer = service.newCustomer();
        untilDone(service, scale(customer, "{\"target\": {\"query_concurrency\": 2}}"));
        HttpResponse<Buffer> second = scale(customer, "{\"target\": {\"query_concurrency\": 1}}");
        untilDone(service, second);
        String last = second.bodyAsJsonObject().getString("rollback");

        HttpResponse<Buffer> rolledBack =
                service.platform().send(service.platform().request(HttpMethod.POST, last), Buffer.buffer());

        assertThat(rolledBack.statusCode()).as(rolledBack.bodyAsString()).isEqualTo(202);
        assertThat(rolledBack.bodyAsJsonObject().getJsonObject("target").getInteger("query_concurrency"))
                .isEqualTo(2);
        untilShare(customer, new Share(2, 2.0 / 3, 1));
        assertProblem(
                service.platform().send(service.platform().request(HttpMethod.POST, last), Buffer.buffer()),
                404,
                "not_found");
    }

    @Test
    void afterItsTimeTheUsualPartIsBack() {
        Customer customer = service.newCustomer();
        scale(customer, "{\"target\": {\"query_concurrency\": 1}, \"ttl\": \"2h\"}");
        untilShare(customer, new Share(1, 1.0 / 3, 1));

        service.clock().advance(Duration.ofHours(2));

        untilShare(customer, new Share(3, 1, 1));
    }

    @Test
    void oneChangeAtATime() {
        Customer customer = service.newCustomer();
        scale(customer, "{\"target\": {\"query_concurrency\": 1}}");

        HttpResponse<Buffer> another = scale(customer, "{\"target\": {\"query_concurrency\": 2}}");

        assertProblem(another, 409, "scale_in_progress");
        assertThat(another.bodyAsJsonObject().getBoolean("retryable")).isTrue();
        assertThat(another.getHeader("retry-after")).isEqualTo("1");
    }

    @Test
    void aChangeUnderWayCannotBeCancelled() {
        Customer customer = service.newCustomer();
        HttpResponse<Buffer> scaled = scale(customer, "{\"target\": {\"query_concurrency\": 1}}");

        service.platform()
                .send(service.platform().request(HttpMethod.DELETE, scaled.getHeader("location")), Buffer.buffer());

        assertThat(untilDone(service, scaled).getString("status")).isEqualTo("succeeded");
    }

    @Test
    void endsThoughTheNodeThatTookItIsGone() {
        PostgresConfig database = TestServers.freshPostgres();
        Secret platformKey = IdentitySecrets.makePlatformKey();
        Service gone = new Service(Bus.Wire.ALWAYS, database, SextantConfig.DEFAULT, platformKey);
        HttpResponse<Buffer> scaled =
                gone.platform().post(path(gone.newCustomer()), "{\"target\": {\"query_concurrency\": 1}}");
        gone.close();

        try (Service left = new Service(Bus.Wire.ALWAYS, database, SextantConfig.DEFAULT, platformKey)) {
            JsonObject operation = untilDone(left, scaled);

            assertThat(operation.getString("kind")).isEqualTo("scale");
        }
    }

    @Test
    void saysWhatWouldBeNeeded() {
        HttpResponse<Buffer> response =
                scale(service.newCustomer(), "{\"target\": {\"query_concurrency\": 16, \"replicas\": 3}}");

        assertProblem(response, 422, "insufficient_capacity");
        assertThat(errors(response))
                .containsExactly(
                        "/target/query_concurrency insufficient_capacity", "/target/replicas insufficient_capacity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /target missing_field",
                "{\"target\": {}} | /target missing_field",
                "{\"target\": {\"query_concurrency\": null}} | /target missing_field",
                "{\"target\": {\"query_concurrency\": 0}} | /target/query_concurrency out_of_range",
                "{\"target\": {\"cores\": 1}} | /target/cores unknown_field",
                "{\"target\": {}, \"strategy\": \"auto\"} | /strategy not_allowed",
                "{\"target\": {}, \"ttl\": \"soon\"} | /ttl wrong_format"
            })
    void refusesWhatIsNoWish(String wish, String error) {
        HttpResponse<Buffer> response = scale(service.newCustomer(), wish);

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).contains(error);
    }

    @Test
    void isForThePlatformAlone() {
        Customer customer = service.newCustomer();
        String rollback = OPERATIONS + "op_" + "0".repeat(26) + "/rollback";

        assertProblem(
                customer.caller().post(path(customer), "{\"target\": {\"query_concurrency\": 1}}"),
                403,
                "insufficient_scope");
        assertProblem(
                customer.caller().send(customer.caller().request(HttpMethod.POST, rollback), Buffer.buffer()),
                403,
                "insufficient_scope");
        assertProblem(
                service.platform()
                        .post("/api/v2/admin/tenants/ten_nobodyhere/scale", "{\"target\": {\"replicas\": 1}}"),
                404,
                "not_found");
    }

    private static String path(Customer customer) {
        return "/api/v2/admin/tenants/" + customer.tenant() + "/scale";
    }

    private static HttpResponse<Buffer> scale(Customer customer, String wish) {
        return service.platform().post(path(customer), wish);
    }

    private static JsonObject untilDone(Service node, HttpResponse<Buffer> scaled) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> node.platform().get(scaled.getHeader("location")).bodyAsJsonObject(),
                        operation -> operation.getString("status").equals("succeeded"));
    }

    private static void untilShare(Customer customer, Share share) {
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() ->
                        assertThat(service.engine().shareOf(customer.tenant())).contains(share));
    }
}
