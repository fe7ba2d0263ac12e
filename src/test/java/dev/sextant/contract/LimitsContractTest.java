package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers may use, and what becomes of them where it is used up. */
@Timeout(60)
@Covers({"getLimits", "replaceLimits"})
class LimitsContractTest {

    private static final String TENANTS = "/api/v2/admin/tenants";
    private static final String KEYS = "/api/v2/api-keys";
    private static final String DATASETS = "/api/v2/datasets";

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
    void tellsThePlansLimitsUntilThereAreOthers() {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> told = customer.caller().get(limits(customer));

        assertThat(told.getHeader("etag")).isEqualTo("\"0\"");
        JsonObject report = told.bodyAsJsonObject();
        assertThat(report.getString("plan")).isEqualTo("standard");
        assertThat(report.getInteger("version")).isZero();
        assertThat(report.getJsonObject("requests").getLong("per_minute")).isEqualTo(10_000_000);
        assertThat(report.getString("mode")).isEqualTo("reject");
        assertThat(report.containsKey("effective_at")).isFalse();
    }

    @Test
    void changesAllOfThemAndSaysHowFarThatGot() {
        Customer customer = service.newCustomer();
        String wish = """
                {"requests": {"per_second": 50, "per_minute": 1000, "burst": 200},
                 "cost_units": {"per_minute": 50000, "per_day": 5000000}, "concurrency": {"queries": 16, "websockets": 500},
                 "max_rows": null, "max_query_ms": 10000, "mode": "throttle", "expires_at": null,
                 "overrides": [{"api_key": "%s", "requests": {"per_minute": 100}}]}""".formatted(customer.keyId());

        HttpResponse<Buffer> changed = put(customer, wish);

        assertThat(changed.statusCode()).as(changed.bodyAsString()).isEqualTo(200);
        assertThat(changed.getHeader("etag")).isEqualTo("\"1\"");
        JsonObject report = changed.bodyAsJsonObject();
        assertThat(report.getInteger("version")).isEqualTo(1);
        assertThat(report.getJsonObject("propagated").getInteger("nodes")).isEqualTo(1);
        assertThat(report.getString("effective_at")).isNotNull();
        JsonObject told = customer.caller().get(limits(customer)).bodyAsJsonObject();
        report.remove("propagated");
        report.remove("impact_24h");
        assertThat(told).isEqualTo(report);
        assertThat(told.getJsonObject("requests").getInteger("burst")).isEqualTo(200);
        assertThat(told.getJsonArray("overrides").getJsonObject(0).getString("api_key"))
                .isEqualTo(customer.keyId());
    }

    @Test
    void everyAnswerSaysWhatIsLeftAndRefusalsToo() {
        Customer customer = service.newCustomer();
        put(customer, "{\"requests\": {\"per_minute\": 3}, \"cost_units\": {\"per_minute\": 50000}}");
        untilPolicy(customer, "\"req\";q=3;w=60, \"cost\";q=50000;w=60;qu=\"units\"");

        List<HttpResponse<Buffer>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(customer.caller().get(DATASETS));
        }

        HttpResponse<Buffer> refused = answers.getLast();
        assertProblem(refused, 429, "quota_exceeded");
        JsonObject problem = refused.bodyAsJsonObject();
        assertThat(problem.getString("type"))
                .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
        assertThat(problem.getJsonArray("violated-policies")).isEqualTo(JsonArray.of("req"));
        assertThat(problem.getBoolean("retryable")).isTrue();
        assertThat(Integer.parseInt(refused.getHeader("retry-after"))).isBetween(50, 61);
        assertThat(refused.getHeader("ratelimit")).startsWith("\"req\";r=0;t=");
        assertThat(refused.getHeader("ratelimit-policy")).startsWith("\"req\";q=3;w=60");
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200).count())
                .isLessThanOrEqualTo(3);
    }

    @Test
    void anErrorOfTheCallersSaysWhatIsLeft() {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> response = customer.caller().get(DATASETS + "/nothing");

        assertProblem(response, 404, "not_found");
        assertThat(response.getHeader("ratelimit")).matches("\"req\";r=[0-9]+(;t=[0-9]+)?, \"cost\".*");
    }

    @Test
    void aTenantsKeysShareItsLimitAndHaveTheirOwnWithin() {
        Customer customer = service.newCustomer();
        JsonObject second = Service.newKey(customer.caller(), customer.tenant(), Service.CUSTOMER_SCOPES);
        JsonObject third = Service.newKey(customer.caller(), customer.tenant(), Service.CUSTOMER_SCOPES);
        Caller other = customer.caller().as(second.getString("key"));
        put(customer, """
                {"requests": {"per_minute": 20}, "overrides": [{"api_key": "%s", "requests": {"per_minute": 2}}]}""".formatted(second.getString("id")));
        untilPolicy(other, "\"key-req\";q=2;w=60, \"req\";q=20;w=60");

        long ofSecond = goodOf(other, 10);
        long ofToken = goodOf(customer.caller().as(token(second)), 10);
        long ofOthers = goodOf(customer.caller(), 15) + goodOf(customer.caller().as(third.getString("key")), 15);

        assertThat(ofSecond + ofToken).isLessThanOrEqualTo(2);
        assertThat(ofSecond + ofToken + ofOthers).isBetween(14L, 20L);
    }

    @Test
    void headersThatClaimOtherwiseChangeNothing() {
        Customer customer = service.newCustomer();
        put(customer, "{\"requests\": {\"per_minute\": 2}}");
        untilPolicy(customer, "\"req\";q=2;w=60");

        long good = 0;
        for (int i = 0; i < 12; i++) {
            HttpResponse<Buffer> response = customer.caller()
                    .send(
                            customer.caller()
                                    .request(HttpMethod.GET, DATASETS)
                                    .putHeader("x-forwarded-for", "10.0.0." + i)
                                    .putHeader("x-api-key", "key_" + i)
                                    .putHeader("ratelimit", "\"req\";r=1000")
                                    .putHeader("ratelimit-policy", "\"req\";q=1000;w=1"),
                            Buffer.buffer());
            good += response.statusCode() == 200 ? 1 : 0;
        }

        assertThat(good).isLessThanOrEqualTo(2);
    }

    @Test
    void whoThrottlesWaitsForItsTurn() {
        Customer customer = service.newCustomer();
        put(customer, "{\"requests\": {\"per_second\": 20}, \"mode\": \"throttle\"}");
        untilPolicy(customer, "\"burst\";q=20;w=1");

        List<Future<HttpResponse<Buffer>>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(customer.caller().request(HttpMethod.GET, DATASETS).send());
        }
        Future.join(all).await();

        assertThat(all.stream()
                        .map(Future::result)
                        .filter(answer -> answer.statusCode() == 200)
                        .count())
                .isGreaterThanOrEqualTo(35);
        assertThat(all.stream().map(answer -> answer.result().statusCode())).isSubsetOf(200, 429);
    }

    @Test
    void aQueryIsPaidForAndTheNextOnesWait() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        put(customer, "{\"cost_units\": {\"per_minute\": 1}}");
        untilPolicy(customer, "\"cost\";q=1;w=60;qu=\"units\"");

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            HttpResponse<Buffer> response = customer.caller()
                    .post(
                            Sales.QUERY,
                            "{\"measures\": [{\"agg\": \"count\", \"as\": \"n%d\"}]}".formatted(System.nanoTime()));
            assertProblem(response, 429, "quota_exceeded");
            assertThat(response.bodyAsJsonObject().getJsonArray("violated-policies"))
                    .isEqualTo(JsonArray.of("cost"));
        });
        assertThat(customer.caller().get(KEYS).statusCode())
                .as("what is no query")
                .isEqualTo(200);
    }

    @Test
    void afterTheirEndThePlansAreBack() {
        Customer customer = service.newCustomer();
        String end = service.clock().instant().plusSeconds(600).toString();
        put(customer, "{\"requests\": {\"per_minute\": 5}, \"expires_at\": \"%s\"}".formatted(end));
        untilPolicy(customer, "\"req\";q=5;w=60");

        service.clock().advance(Duration.ofSeconds(601));

        assertThat(customer.caller().get(KEYS).getHeader("ratelimit-policy")).contains("\"req\";q=10000000;w=60");
        assertThat(customer.caller()
                        .get(limits(customer))
                        .bodyAsJsonObject()
                        .getJsonObject("requests")
                        .getInteger("per_minute"))
                .isEqualTo(10_000_000);
    }

    @Test
    void aChangeThatWasOvertakenIsRefused() {
        Customer customer = service.newCustomer();
        put(customer, "{\"mode\": \"throttle\"}");

        assertProblem(putIf(customer, "\"0\"", "{}"), 412, "precondition_failed");
        assertThat(putIf(customer, "\"1\"", "{}").bodyAsJsonObject().getInteger("version"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"requests\": {\"per_minute\": 0}} | /requests/per_minute out_of_range",
                "{\"requests\": {\"per_minute\": -5}} | /requests/per_minute out_of_range",
                "{\"requests\": {\"per_minute\": 1.5}} | /requests/per_minute type_mismatch",
                "{\"requests\": {\"burst\": 5}} | /requests/burst invalid",
                "{\"requests\": {\"per_second\": 9, \"burst\": 5}} | /requests/burst out_of_range",
                "{\"mode\": \"queue\"} | /mode not_allowed",
                "{\"overrides\": [{\"api_key\": \"key_a\"}, {\"api_key\": \"key_a\"}]} | /overrides/1/api_key invalid",
                "{\"overrides\": [{\"api_key\": \"' OR 1=1\"}]} | /overrides/0/api_key wrong_format",
                "{\"overrides\": [{\"api_key\": \"key_nobodys\"}]} | /overrides/0/api_key not_allowed",
                "{\"expires_at\": \"2020-01-01T00:00:00Z\"} | /expires_at out_of_range",
                "{\"retention_days\": 400} | /retention_days unknown_field"
            })
    void refusesWhatIsNoLimit(String wish, String error) {
        HttpResponse<Buffer> response = put(service.newCustomer(), wish);

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).contains(error);
    }

    @Test
    void refusesWhatIsAboveThePlan() {
        Customer customer = service.newCustomer();
        service.platform().patch(TENANTS + "/" + customer.tenant(), "{\"plan\": \"free\"}");

        HttpResponse<Buffer> response =
                put(customer, "{\"requests\": {\"per_minute\": 1001}, \"cost_units\": {\"per_day\": 1000}}");

        assertProblem(response, 422, "above_plan");
        assertThat(errors(response)).containsExactly("/requests/per_minute above_plan");
    }

    @Test
    void anotherPlanIsInForceWithinASecond() {
        Customer customer = service.newCustomer();
        customer.caller().get(KEYS);

        service.platform().patch(TENANTS + "/" + customer.tenant(), "{\"plan\": \"free\"}");

        untilPolicy(customer, "\"burst\";q=200;w=4, \"req\";q=1000;w=60");
    }

    @Test
    void othersSeeAndChangeNothing() {
        Customer acme = service.newCustomer();
        Customer bolt = service.newCustomer();

        assertProblem(bolt.caller().get(limits(acme)), 404, "not_found");
        assertProblem(put(bolt.caller(), acme, "{\"requests\": {\"per_minute\": 1}}"), 404, "not_found");
        assertProblem(bolt.caller().get(TENANTS + "/ten_nobodyhere/limits"), 404, "not_found");
        assertThat(errors(put(bolt, "{\"overrides\": [{\"api_key\": \"%s\"}]}".formatted(acme.keyId()))))
                .containsExactly("/overrides/0/api_key not_allowed");
        assertThat(goodOf(acme.caller(), 5)).isEqualTo(5);
    }

    @Test
    void thePlatformChangesAnybodysAndIsNotCountedWithThem() {
        Customer customer = service.newCustomer();
        assertThat(put(service.platform(), customer, "{\"requests\": {\"per_minute\": 1}}")
                        .statusCode())
                .isEqualTo(200);

        for (int i = 0; i < 5; i++) {
            assertThat(service.platform()
                            .get(DATASETS + "?tenant_id=" + customer.tenant())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertProblem(service.platform().get(TENANTS + "/ten_nobodyhere/limits"), 404, "not_found");
        assertProblem(
                service.platform()
                        .send(
                                service.platform().json(HttpMethod.PUT, TENANTS + "/ten_platform/limits"),
                                Buffer.buffer("{\"requests\": {\"per_minute\": 1}}")),
                403,
                "policy_denied");
    }

    @Test
    void refusesTheCallWithoutTheScope() {
        Customer customer = service.newCustomer();
        JsonObject weak = Service.newKey(customer.caller(), customer.tenant(), List.of("analytics:read"));

        assertProblem(customer.caller().as(weak.getString("key")).get(limits(customer)), 403, "insufficient_scope");
    }

    private static String limits(Customer customer) {
        return TENANTS + "/" + customer.tenant() + "/limits";
    }

    private static HttpResponse<Buffer> put(Customer customer, String wish) {
        return put(service.platform().as(customer.key()), customer, wish);
    }

    private static HttpResponse<Buffer> put(Caller caller, Customer customer, String wish) {
        return caller.send(caller.json(HttpMethod.PUT, limits(customer)), Buffer.buffer(wish));
    }

    private static HttpResponse<Buffer> putIf(Customer customer, String ifMatch, String wish) {
        return customer.caller()
                .send(
                        customer.caller().json(HttpMethod.PUT, limits(customer)).putHeader("if-match", ifMatch),
                        Buffer.buffer(wish));
    }

    private static void untilPolicy(Customer customer, String policies) {
        untilPolicy(customer.caller(), policies);
    }

    private static void untilPolicy(Caller caller, String policies) {
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(caller.get("/api/v2/operations").getHeader("ratelimit-policy"))
                        .contains(policies));
    }

    private static long goodOf(Caller caller, int calls) {
        long good = 0;
        for (int i = 0; i < calls; i++) {
            good += caller.get(KEYS).statusCode() == 200 ? 1 : 0;
        }
        return good;
    }

    private static String token(JsonObject key) {
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(key.getString("id"), key.getString("key"));
        Caller nobody = service.anonymous();
        return nobody.send(
                        nobody.request(HttpMethod.POST, "/oauth/token")
                                .putHeader("content-type", "application/x-www-form-urlencoded"),
                        Buffer.buffer(form))
                .bodyAsJsonObject()
                .getString("access_token");
    }
}
