package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.SignedMessagesContractTest.settings;
import static dev.sextant.contract.SignedMessagesContractTest.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams, which cannot be signed, for those who want signed answers. */
@Timeout(60)
class SignedStreamsContractTest {

    private static final String KEYS = "/api/v2/api-keys";
    private static final String EXPORT = "/api/v2/audit/export";
    private static final String COUNT = "{\"dataset\": \"sales\", \"measures\": [{\"agg\": \"count\"}]}";

    private static final MessageSigning SIGNING = MessageSigning.make("key-1");

    private static Service service;

    /** Whose answers are always signed. */
    private static Customer bolt;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        bolt = service.newCustomer();
        settle(bolt, settings("always", "optional", SIGNING));
        await().until(() -> bolt.caller().get(KEYS).getHeader("signature") != null);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void doesNotStreamWhatShouldBeSigned() {
        Sales.fill(bolt);
        HttpRequest<Buffer> query =
                bolt.caller().json(HttpMethod.POST, Sales.QUERY).putHeader("accept", "application/x-ndjson");

        assertProblem(send(query, COUNT), 406, "not_acceptable");
    }

    @Test
    void streamsWhatIsNothingElseUnlessTheCallItselfWantsItSigned() {
        HttpRequest<Buffer> asked =
                bolt.caller().request(HttpMethod.POST, EXPORT).putHeader("accept-signature", "sig1=(\"@status\")");

        HttpResponse<Buffer> exported = bolt.caller().post(EXPORT, "");

        assertThat(exported.statusCode()).isEqualTo(200);
        assertThat(exported.bodyAsString()).startsWith("{\"type\":\"log\"").contains("{\"type\":\"end\"");
        assertThat(exported.getHeader("signature")).isNull();
        assertProblem(send(asked, ""), 406, "not_acceptable");
    }

    @Test
    void signsTheOtherFormWhereTheCallerTakesOneBesidesAStream() throws Exception {
        Customer signed = signedSales();
        HttpRequest<Buffer> query = signed.caller()
                .json(HttpMethod.POST, Sales.QUERY)
                .putHeader("accept", "text/csv, application/json;q=0.5")
                .putHeader("accept-signature", "sig1=(\"@status\")");

        HttpResponse<Buffer> response = send(query, COUNT);

        assertThat(response.getHeader("content-type")).isEqualTo("application/json");
        assertThat(response.getHeader("signature")).isNotNull();
    }

    @Test
    void streamsToThoseWhoSignButDoNotWantItSigned() {
        Customer signed = signedSales();
        HttpRequest<Buffer> query =
                signed.caller().json(HttpMethod.POST, Sales.QUERY).putHeader("accept", "text/csv");
        SIGNING.over(query, COUNT, service.clock().instant().getEpochSecond()).sign(query);

        HttpResponse<Buffer> response = send(query, COUNT);

        assertThat(response.bodyAsString()).isEqualTo("count\r\n8\r\n");
    }

    @Test
    void aStreamThatIsRefusedLeavesNothingOpen() {
        Customer signed = signedSales();
        String limits = "/api/v2/admin/tenants/%s/limits".formatted(signed.tenant());
        assertThat(signed.caller()
                        .put(limits, "{\"concurrency\": {\"queries\": 2}}")
                        .statusCode())
                .isEqualTo(200);

        for (String type : List.of("text/csv", "application/x-ndjson", "application/vnd.apache.parquet")) {
            HttpRequest<Buffer> query = signed.caller()
                    .json(HttpMethod.POST, Sales.QUERY)
                    .putHeader("accept", type)
                    .putHeader("accept-signature", "sig1=(\"@status\")");
            assertProblem(send(query, COUNT), 406, "not_acceptable");
        }

        assertThat(signed.caller().post(Sales.QUERY, COUNT).statusCode()).isEqualTo(200);
    }

    private static Customer signedSales() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        settle(customer, settings("on_request", "optional", SIGNING));
        await().until(() -> {
            HttpRequest<Buffer> get =
                    customer.caller().request(HttpMethod.GET, KEYS).putHeader("accept-signature", "sig1=(\"@status\")");
            return send(get, "").getHeader("signature") != null;
        });
        return customer;
    }

    private static HttpResponse<Buffer> send(HttpRequest<Buffer> request, String body) {
        return bolt.caller().send(request, Buffer.buffer(body));
    }
}
