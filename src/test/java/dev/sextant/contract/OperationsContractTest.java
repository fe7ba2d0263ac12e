package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.ServerInTests;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries that nobody waits for: how they are begun, how they stand, what comes of them. */
@Timeout(60)
@Covers({
    "listOperations",
    "getOperation",
    "cancelOperation",
    "getQuery",
    "cancelQuery",
    "getQueryResults",
    "explainQuery"
})
class OperationsContractTest {

    private static final String OPERATIONS = "/api/v2/operations";
    private static final String BY_COUNTRY =
            "{'dataset':'sales','dimensions':['country'],'measures':[{'agg':'count'}],'limit':%d,'totals':false}";

    private static final int OPEN_MAX = 10;

    private static final PostgresConfig DATABASE = TestServers.freshPostgres();

    private static Service service;

    @BeforeAll
    static void startService() {
        Map<String, String> settings =
                Map.of("operations.lease", "1s", "operations.open_per_tenant_max", Integer.toString(OPEN_MAX));
        service = new Service(Bus.Wire.ALWAYS, DATABASE, ServerInTests.config(settings));
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    private static Customer filled() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        return customer;
    }

    private static HttpResponse<Buffer> ask(Customer customer, String query, String prefer) {
        return customer.caller()
                .send(
                        customer.caller().json(HttpMethod.POST, Sales.QUERY).putHeader("prefer", prefer),
                        Buffer.buffer(query.replace('\'', '"')));
    }

    private static JsonObject begin(Customer customer) {
        HttpResponse<Buffer> accepted = ask(customer, BY_COUNTRY.formatted(3), "respond-async");
        assertThat(accepted.statusCode()).as(accepted.bodyAsString()).isEqualTo(202);
        return accepted.bodyAsJsonObject();
    }

    /** Most are over in a few milliseconds. */
    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    private static String path(JsonObject operation) {
        return OPERATIONS + "/" + operation.getString("id");
    }

    private static String queryPath(JsonObject operation) {
        return "/api/v2/queries/" + operation.getString("query_id");
    }

    private static String status(Customer customer, JsonObject operation) {
        return customer.caller().get(path(operation)).bodyAsJsonObject().getString("status");
    }

    private static JsonObject finished(Customer customer) {
        JsonObject operation = begin(customer);
        soon().until(() -> status(customer, operation).equals("succeeded"));
        return operation;
    }

    @Test
    void isAcceptedAndThenAnswered() {
        Customer customer = filled();

        HttpResponse<Buffer> accepted = ask(customer, BY_COUNTRY.formatted(3), "respond-async");

        JsonObject operation = accepted.bodyAsJsonObject();
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.getHeader("location")).isEqualTo(path(operation));
        assertThat(accepted.getHeader("preference-applied")).isEqualTo("respond-async");
        assertThat(operation.getString("kind")).isEqualTo("query");
        soon().until(() -> status(customer, operation).equals("succeeded"));
        JsonObject over = customer.caller().get(queryPath(operation)).bodyAsJsonObject();
        assertThat(over.getDouble("progress")).isEqualTo(1.0);
        assertThat(over.getValue("eta_ms")).isNull();
        assertThat(over.getString("finished_at")).isNotNull();
        JsonObject answer = customer.caller()
                .get(over.getJsonObject("links").getString("result"))
                .bodyAsJsonObject();
        assertThat(Sales.rows(answer)).containsExactly("[\"DE\",4]", "[\"ES\",1]", "[\"FR\",2]");
        assertThat(answer.getJsonObject("meta").getString("query_id")).isEqualTo(operation.getString("query_id"));
    }

    @Test
    void itsPagesGoOn() {
        Customer customer = filled();
        JsonObject operation = finished(customer);
        JsonObject first =
                customer.caller().get(queryPath(operation) + "/results").bodyAsJsonObject();

        JsonObject second = customer.caller()
                .get(queryPath(operation) + "/results?cursor=" + first.getString("next_cursor"))
                .bodyAsJsonObject();

        assertThat(Sales.rows(second)).containsExactly("[null,1]");
        assertThat(second.getBoolean("has_more")).isFalse();
        assertProblem(customer.caller().get(queryPath(operation) + "/results?cursor=x"), 422, "invalid_cursor");
    }

    @Test
    void tellsWhoHasTheResultThatItIsStillTheSame() {
        Customer customer = filled();
        String path = queryPath(finished(customer)) + "/results";
        String etag = customer.caller().get(path).getHeader("etag");

        HttpResponse<Buffer> again = customer.caller()
                .send(
                        customer.caller().request(HttpMethod.GET, path).putHeader("if-none-match", etag),
                        Buffer.buffer());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.getHeader("etag")).isEqualTo(etag);
    }

    @Test
    void whoWaitsLongEnoughIsAnsweredAtOnce() {
        Customer customer = filled();

        HttpResponse<Buffer> answer = ask(customer, BY_COUNTRY.formatted(10), "respond-async, wait=4");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("preference-applied")).isEqualTo("respond-async, wait=4");
        assertThat(Sales.rows(answer.bodyAsJsonObject())).hasSize(4);
    }

    @Test
    void whoWaitsTooShortComesBack() {
        Customer customer = filled();
        service.engine().hold();

        HttpResponse<Buffer> accepted = ask(customer, BY_COUNTRY.formatted(11), "wait=0");
        JsonObject operation = accepted.bodyAsJsonObject();
        soon().until(() -> status(customer, operation).equals("running"));
        HttpResponse<Buffer> notYet = customer.caller().get(queryPath(operation) + "/results");
        service.engine().release();

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.getHeader("preference-applied")).isEqualTo("wait=0");
        assertThat(notYet.statusCode()).isEqualTo(202);
        assertThat(notYet.getHeader("retry-after")).isEqualTo("1");
        soon().until(() -> status(customer, operation).equals("succeeded"));
    }

    @Test
    void aBudgetMaySendItHere() {
        Customer customer = filled();

        HttpResponse<Buffer> accepted = Sales.askRaw(
                customer,
                "{'dataset':'sales','measures':[{'agg':'count_distinct','field':'user'}],"
                        + "'budget':{'max_cost':1,'on_exceed':'async'}}");

        assertThat(accepted.statusCode()).as(accepted.bodyAsString()).isEqualTo(202);
        JsonObject operation = accepted.bodyAsJsonObject();
        soon().until(() -> status(customer, operation).equals("succeeded"));
        assertThat(Sales.rows(
                        customer.caller().get(queryPath(operation) + "/results").bodyAsJsonObject()))
                .containsExactly("[5]");
    }

    @Test
    void whatCannotBeMeantIsRefusedAtOnce() {
        Customer customer = filled();

        assertProblem(
                ask(customer, "{'dataset':'sales','measures':[{'measure':'none'}]}", "respond-async"),
                422,
                "unknown_field");
        assertThat(customer.caller().get(OPERATIONS).bodyAsJsonObject().getJsonArray("data"))
                .isEmpty();
    }

    @Test
    void aDryRunIsNeverPutOff() {
        Customer customer = filled();

        HttpResponse<Buffer> price =
                ask(customer, "{'dataset':'sales','measures':[{'agg':'count'}],'dry_run':true}", "respond-async");

        assertThat(price.statusCode()).isEqualTo(200);
        assertThat(price.bodyAsJsonObject().getLong("est_rows")).isEqualTo(8);
    }

    @Test
    void isCancelled() {
        Customer customer = filled();
        service.engine().hold();
        JsonObject operation = begin(customer);
        soon().until(() -> status(customer, operation).equals("running"));

        JsonObject cancelled = customer.caller().delete(path(operation)).bodyAsJsonObject();
        service.engine().release();

        assertThat(cancelled.getString("status")).isEqualTo("cancelled");
        assertProblem(customer.caller().get(queryPath(operation) + "/results"), 409, "cancelled");
        assertThat(status(customer, operation)).isEqualTo("cancelled");
        assertThat(customer.caller()
                        .delete(queryPath(operation))
                        .bodyAsJsonObject()
                        .getString("status"))
                .isEqualTo("cancelled");
    }

    @Test
    void whatIsOverStaysAsItIs() {
        Customer customer = filled();
        JsonObject operation = finished(customer);

        customer.caller().delete(path(operation));

        assertThat(status(customer, operation)).isEqualTo("succeeded");
    }

    @Test
    void aFailureIsTold() {
        Customer customer = filled();
        service.engine().refuseToRun(true);
        JsonObject operation = begin(customer);
        soon().until(() -> status(customer, operation).equals("failed"));
        service.engine().refuseToRun(false);

        JsonObject failed = customer.caller().get(path(operation)).bodyAsJsonObject();

        assertThat(failed.getJsonObject("problem").getString("code")).isEqualTo("unavailable");
        assertProblem(customer.caller().get(queryPath(operation) + "/results"), 503, "unavailable");
    }

    @Test
    void sayWhereTheyStandInTheQueue() {
        Customer customer = filled();
        service.engine().hold();
        JsonObject first = begin(customer);
        JsonObject second = begin(customer);
        soon().until(() -> status(customer, first).equals("running")
                && status(customer, second).equals("running"));

        JsonObject third = begin(customer);
        JsonObject fourth = begin(customer);
        service.engine().release();

        assertThat(third.getString("status")).isEqualTo("queued");
        assertThat(third.getLong("queue_place")).isEqualTo(1);
        assertThat(fourth.getLong("queue_place")).isEqualTo(2);
        assertThat(fourth.getLong("eta_ms")).isNotNegative();
        soon().until(() -> status(customer, fourth).equals("succeeded"));
    }

    @Test
    void aTenantHasNoMoreThanItsNumberOpen() {
        Customer customer = filled();
        service.engine().hold();
        for (int i = 0; i < OPEN_MAX; i++) {
            begin(customer);
        }

        HttpResponse<Buffer> refused = ask(customer, BY_COUNTRY.formatted(3), "respond-async");
        service.engine().release();

        assertProblem(refused, 429, "quota_exceeded");
        assertThat(refused.getHeader("retry-after")).isEqualTo("5");
    }

    @Test
    void areListedTheLatestFirst() {
        Customer customer = filled();
        JsonObject first = finished(customer);
        JsonObject second = finished(customer);

        JsonObject page = customer.caller().get(OPERATIONS + "?limit=1").bodyAsJsonObject();
        JsonObject rest = customer.caller()
                .get(OPERATIONS + "?limit=1&cursor=" + page.getString("next_cursor"))
                .bodyAsJsonObject();

        assertThat(page.getJsonArray("data").getJsonObject(0).getString("id")).isEqualTo(second.getString("id"));
        assertThat(rest.getJsonArray("data").getJsonObject(0).getString("id")).isEqualTo(first.getString("id"));
        assertThat(rest.getBoolean("has_more")).isFalse();
    }

    @Test
    void isExplained() {
        Customer customer = filled();
        JsonObject operation = finished(customer);

        JsonObject explained =
                customer.caller().post(queryPath(operation) + "/explain", "").bodyAsJsonObject();

        assertThat(explained.getJsonObject("explain").getString("sql")).contains("SELECT", "?");
        assertThat(explained.getJsonObject("cost").getLong("quoted")).isEqualTo(1);
    }

    /** As if a node had died that had begun it so many times. */
    private static JsonObject leftBehind(Customer customer, int attempts) {
        JsonObject operation = finished(customer);
        TestServers.asSuperuser(DATABASE, """
                UPDATE operation SET status = 'running', node = 'node_gone', lease_until = '2020-01-01', attempts = %d,
                    result = NULL, finished_at = NULL WHERE id = '%s'""".formatted(attempts, operation.getString("id")));
        return operation;
    }

    @Test
    void whatANodeLeftBehindIsTakenUp() {
        Customer customer = filled();
        JsonObject operation = leftBehind(customer, 1);

        soon().until(() -> status(customer, operation).equals("succeeded"));

        JsonObject answer =
                customer.caller().get(queryPath(operation) + "/results").bodyAsJsonObject();
        assertThat(Sales.rows(answer)).containsExactly("[\"DE\",4]", "[\"ES\",1]", "[\"FR\",2]");
    }

    @Test
    void whatNoNodeLivesThroughIsGivenUp() {
        Customer customer = filled();
        JsonObject operation = leftBehind(customer, 3);

        soon().until(() -> status(customer, operation).equals("failed"));

        JsonObject failed = customer.caller().get(path(operation)).bodyAsJsonObject();
        assertThat(failed.getJsonObject("problem").getString("detail")).contains("given up");
    }

    @Test
    void resultsAreKeptForADay() {
        Customer customer = filled();
        JsonObject operation = finished(customer);

        service.clock().advance(Duration.ofHours(25));

        assertProblem(customer.caller().get(path(operation)), 404, "not_found");
        assertProblem(customer.caller().get(queryPath(operation) + "/results"), 404, "not_found");
    }

    @Test
    void anotherTenantSeesNothing() {
        Customer customer = filled();
        JsonObject operation = finished(customer);
        Customer other = filled();

        assertProblem(other.caller().get(path(operation)), 404, "not_found");
        assertProblem(other.caller().get(queryPath(operation)), 404, "not_found");
        assertProblem(other.caller().get(queryPath(operation) + "/results"), 404, "not_found");
        assertProblem(other.caller().post(queryPath(operation) + "/explain", ""), 404, "not_found");
        assertProblem(other.caller().delete(path(operation)), 404, "not_found");
        assertThat(other.caller().get(OPERATIONS).bodyAsJsonObject().getJsonArray("data"))
                .isEmpty();
    }
}
