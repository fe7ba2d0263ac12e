package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.audit.log.OfflineCheck;
import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is personal in a log can go; what was proven stays proven. */
@Timeout(60)
@Covers("eraseAudit")
class AuditErasureContractTest {

    private static final String ERASE = "/api/v2/audit/erase";
    private static final String LOCAL = "127.0.0.1";

    private static Service service;
    private static Customer bolt;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        bolt = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    private static HttpResponse<Buffer> read(Customer customer) {
        HttpResponse<Buffer> answer = customer.caller().get("/api/v2/datasets");
        assertThat(AuditContractTest.recordOf(customer, answer).getString("address"))
                .isEqualTo(LOCAL);
        return answer;
    }

    @Test
    void theAddressesOfAnActorGoAndTheProofsStay() throws IOException {
        Customer acme = service.newCustomer();
        HttpResponse<Buffer> read = read(acme);

        HttpResponse<Buffer> erased = acme.caller()
                .post(ERASE, new JsonObject().put("actor", acme.keyId()).encode());

        assertThat(erased.statusCode()).as(erased.bodyAsString()).isEqualTo(200);
        assertThat(erased.bodyAsJsonObject().getInteger("erased")).isPositive();
        assertThat(erased.bodyAsJsonObject().getBoolean("has_more")).isFalse();
        assertThat(AuditContractTest.recordOf(acme, read).getString("address")).isNull();
        assertThat(acme.caller()
                        .post("/api/v2/audit/verify", "{}")
                        .bodyAsJsonObject()
                        .getBoolean("valid"))
                .isTrue();
        assertThat(checkedOffline(acme).failures()).isEmpty();
    }

    private static OfflineCheck.Report checkedOffline(Customer customer) throws IOException {
        String export = customer.caller()
                .send(customer.caller().request(HttpMethod.POST, "/api/v2/audit/export"), Buffer.buffer())
                .bodyAsString();
        return OfflineCheck.check(new BufferedReader(new StringReader(export)), null);
    }

    @Test
    void theErasureIsOnRecordWithoutWhoseItWas() {
        Customer acme = service.newCustomer();
        read(acme);

        HttpResponse<Buffer> erased = acme.caller().post(ERASE, "{\"address\": \"" + LOCAL + "\"}");

        JsonObject record = AuditContractTest.recordOf(acme, erased);
        assertThat(record.getString("operation")).isEqualTo("eraseAudit");
        assertThat(record.getString("resource")).isEqualTo("audit/erase");
        record.remove("address");
        assertThat(record.encode()).doesNotContain(LOCAL);
    }

    @Test
    void whatWasBeforeOrAfterStays() {
        Customer acme = service.newCustomer();
        HttpResponse<Buffer> read = read(acme);

        JsonObject wish = new JsonObject().put("actor", acme.keyId());
        HttpResponse<Buffer> before = acme.caller()
                .post(ERASE, wish.copy().put("to", "2020-01-01T00:00:00Z").encode());
        HttpResponse<Buffer> elsewhere = acme.caller()
                .post(ERASE, wish.copy().put("address", "192.0.2.1").encode());

        assertThat(before.bodyAsJsonObject().getInteger("erased")).isZero();
        assertThat(elsewhere.bodyAsJsonObject().getInteger("erased")).isZero();
        assertThat(AuditContractTest.recordOf(acme, read).getString("address")).isEqualTo(LOCAL);
    }

    @Test
    void anotherTenantErasesNothing() {
        Customer acme = service.newCustomer();
        HttpResponse<Buffer> read = read(acme);

        String wish = new JsonObject().put("actor", acme.keyId()).encode();
        HttpResponse<Buffer> erased = bolt.caller().post(ERASE, wish);

        assertThat(erased.bodyAsJsonObject().getInteger("erased")).isZero();
        assertProblem(bolt.caller().post(ERASE + "?tenant_id=" + acme.tenant(), wish), 403, "tenant_mismatch");
        assertThat(AuditContractTest.recordOf(acme, read).getString("address")).isEqualTo(LOCAL);
    }

    @Test
    void refusesWhatNamesNobody() {
        assertProblem(bolt.caller().post(ERASE, "{}"), 422, "invalid_request");
        assertThat(errors(bolt.caller().post(ERASE, "{\"address\": \"somewhere\"}")))
                .containsExactly("/address invalid");
    }

    @Test
    void refusesTheCallWithoutTheScope() {
        JsonObject key = Service.newKey(bolt.caller(), bolt.tenant(), List.of("audit:read"));

        assertProblem(
                service.platform().as(key.getString("key")).post(ERASE, "{\"actor\": \"key_1\"}"),
                403,
                "insufficient_scope");
    }
}
