package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tenants have used. */
@Timeout(60)
@Covers("getTenantUsage")
class UsageContractTest {

    private static Service service;
    private static Customer acme;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    private static String path(Customer customer) {
        return "/api/v2/admin/tenants/" + customer.tenant() + "/usage";
    }

    @Test
    void addsUpWhatWasAskedByOperationAndKey() {
        Customer customer = service.newCustomer();
        for (int i = 0; i < 3; i++) {
            customer.caller().get("/api/v2/datasets");
        }
        AuditContractTest.recordOf(customer, customer.caller().get("/api/v2/datasets/nothing"));

        JsonObject usage = customer.caller()
                .get(path(customer) + "?group_by=operation,api_key&include=forecast&granularity=hour")
                .bodyAsJsonObject();

        JsonObject reads = group(usage, "listDatasets");
        assertThat(reads.getJsonObject("key").getString("api_key")).isEqualTo(customer.keyId());
        assertThat(reads.getJsonObject("totals").getInteger("requests")).isEqualTo(3);
        assertThat(reads.getJsonObject("totals").getInteger("errors")).isZero();
        assertThat(reads.getDouble("p99_ms")).isPositive();
        assertThat(group(usage, "getDataset").getJsonObject("totals").getInteger("errors"))
                .isEqualTo(1);
        assertThat(usage.getJsonObject("reconciliation").getBoolean("matches")).isTrue();
        assertThat(usage.getJsonObject("reconciliation").getLong("audit_count"))
                .isEqualTo(usage.getJsonObject("totals").getLong("requests"));
        assertThat(usage.getJsonObject("forecast")
                        .getJsonObject("end_of_period")
                        .getLong("requests"))
                .isGreaterThanOrEqualTo(usage.getJsonObject("totals").getLong("requests"));
        assertThat(usage.getJsonArray("series")).hasSizeBetween(1, 2);
    }

    private static JsonObject group(JsonObject usage, String operation) {
        return usage.getJsonArray("breakdown").stream()
                .map(JsonObject.class::cast)
                .filter(group ->
                        group.getJsonObject("key").getString("operation").equals(operation))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPeriodWithoutUsageHasNone() {
        JsonObject usage = acme.caller().get(path(acme) + "?period=2020-02-29").bodyAsJsonObject();

        assertThat(usage.getJsonObject("period").getString("to")).isEqualTo("2020-03-01T00:00:00.000Z");
        assertThat(usage.getJsonObject("totals").getInteger("requests")).isZero();
        assertThat(usage.getJsonArray("series")).isEmpty();
        assertThat(usage.containsKey("breakdown")).isFalse();
        assertThat(usage.containsKey("forecast")).isFalse();
    }

    @Test
    void refusesPeriodsThatThereAreNot() {
        for (String period : List.of("2026-13", "2026-02-30")) {
            HttpResponse<Buffer> response = acme.caller().get(path(acme) + "?period=" + period);

            assertProblem(response, 422, "invalid_request");
            assertThat(errors(response)).containsExactly("period wrong_format");
        }
    }

    @Test
    void thePlatformMayAskForAnyTenantThereIs() {
        assertThat(service.platform().get(path(acme)).statusCode()).isEqualTo(200);
        assertProblem(service.platform().get("/api/v2/admin/tenants/ten_nobodyhere/usage"), 404, "not_found");
    }

    @Test
    void anotherTenantSeesNothing() {
        Customer bolt = service.newCustomer();

        assertProblem(bolt.caller().get(path(acme)), 404, "not_found");
        assertProblem(bolt.caller().get(path(acme) + "?tenant_id=" + acme.tenant()), 403, "tenant_mismatch");
    }

    @Test
    void refusesTheCallWithoutTheScope() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("audit:read"));

        assertProblem(service.platform().as(key.getString("key")).get(path(acme)), 403, "insufficient_scope");
    }
}
