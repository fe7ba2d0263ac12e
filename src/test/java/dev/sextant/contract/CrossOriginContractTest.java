package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which web pages may read answers, and what browsers are told with each. */
@Timeout(60)
@Covers("receiveCspReport")
class CrossOriginContractTest {

    private static final String KEYS = "/api/v2/api-keys";
    private static final String APP = "https://app.acme.com";
    private static final String OTHER_APP = "https://app.bolt.com";

    private static Service service;
    private static Customer acme;
    private static Customer bolt;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.WHERE_NEEDED);
        acme = service.newCustomer();
        bolt = service.newCustomer();
        SecuritySettingsContractTest.put(acme, "{\"allowed_origins\": [\"%s\"]}".formatted(APP), "");
        SecuritySettingsContractTest.put(bolt, "{\"allowed_origins\": [\"%s\"]}".formatted(OTHER_APP), "");
        await().until(() -> preflight(OTHER_APP).statusCode() == 204);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void aPreflightPassesForAPageThatAnyTenantAllows() {
        HttpResponse<Buffer> response = preflight(APP);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.getHeader("access-control-allow-origin")).isEqualTo(APP);
        assertThat(response.getHeader("access-control-allow-methods")).contains("PUT", "DELETE");
        assertThat(response.getHeader("access-control-allow-headers")).contains("authorization", "idempotency-key");
        assertThat(response.getHeader("access-control-allow-credentials")).isNull();
        assertThat(response.getHeader("vary")).contains("Origin", "Access-Control-Request-Headers");
    }

    @Test
    void aPreflightOfAnyOtherPageIsRefused() {
        for (String origin : List.of("https://evil.example", "null", APP + ".evil.example", "http://app.acme.com")) {
            HttpResponse<Buffer> response = preflight(origin);

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.getHeader("access-control-allow-origin")).isNull();
            assertThat(response.getHeader("vary")).contains("Origin");
        }
    }

    @Test
    void optionsThatAreNoPreflightAreAMethodLikeOthers() {
        HttpResponse<Buffer> response = acme.caller()
                .request(HttpMethod.OPTIONS, KEYS)
                .putHeader("origin", APP)
                .send()
                .await();

        assertProblem(response, 405, "method_not_allowed");
    }

    @Test
    void theTenantsOwnPageMayRead() {
        HttpResponse<Buffer> response = from(APP, acme.caller());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("access-control-allow-origin")).isEqualTo(APP);
        assertThat(response.getHeader("access-control-expose-headers").split(", "))
                .contains("idempotent-replayed", "content-digest", "signature", "signature-input", "x-request-id")
                .as("what the contract names")
                .contains("cache-status", "data-version", "etag", "link", "location", "ratelimit", "retry-after");
        assertThat(response.getHeader("vary")).contains("Origin");
    }

    @Test
    void anotherTenantsPageMayNot() {
        assertThat(from(OTHER_APP, acme.caller()).getHeader("access-control-allow-origin"))
                .isNull();
        assertThat(from(APP, bolt.caller()).getHeader("access-control-allow-origin"))
                .isNull();
        assertThat(from(APP, service.anonymous()).getHeader("access-control-allow-origin"))
                .isNull();
    }

    @Test
    void problemsMayBeReadToo() {
        HttpResponse<Buffer> response = acme.caller()
                .send(
                        acme.caller()
                                .request(HttpMethod.GET, KEYS + "/key_none")
                                .putHeader("origin", APP),
                        Buffer.buffer());

        assertProblem(response, 404, "not_found");
        assertThat(response.getHeader("access-control-allow-origin")).isEqualTo(APP);
    }

    @Test
    void aKeyMayHavePagesOfItsOwn() {
        Customer customer = service.newCustomer();
        JsonObject key = Service.newKey(customer.caller(), customer.tenant(), List.of("keys:read"));
        String page = "https://widget.example";
        SecuritySettingsContractTest.put(customer, """
                {"allowed_origins": ["https://main.example"],
                 "key_rules": [{"key_id": "%s", "allowed_origins": ["%s"]}]}""".formatted(key.getString("id"), page), "");
        Caller holder = service.platform().as(key.getString("key"));
        await().until(() -> preflight(page).statusCode() == 204);

        assertThat(from(page, holder).getHeader("access-control-allow-origin")).isEqualTo(page);
        assertThat(from("https://main.example", holder).getHeader("access-control-allow-origin"))
                .isNull();
        assertThat(from(page, customer.caller()).getHeader("access-control-allow-origin"))
                .isNull();
    }

    @Test
    void everyAnswerTellsBrowsersToAllowNothing() {
        for (String path : List.of("/health/live", "/openapi.json", "/nothing", KEYS, "/docs/swagger-ui.css")) {
            HttpResponse<Buffer> response =
                    acme.caller().request(HttpMethod.GET, path).send().await();

            assertThat(response.getHeader("x-content-type-options")).as(path).isEqualTo("nosniff");
            assertThat(response.getHeader("content-security-policy"))
                    .isEqualTo("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
            assertThat(response.getHeader("referrer-policy")).isEqualTo("no-referrer");
            assertThat(response.getHeader("permissions-policy")).contains("camera=()");
            assertThat(response.getHeader("cross-origin-resource-policy")).isEqualTo("same-origin");
            assertThat(response.getHeader("cross-origin-opener-policy")).isEqualTo("same-origin");
            assertThat(response.getHeader("strict-transport-security"))
                    .as("no promise of TLS without TLS")
                    .isNull();
        }
    }

    @Test
    void aPageHasItsOwnNonceEachTime() {
        HttpResponse<Buffer> first = service.anonymous().get("/docs");
        HttpResponse<Buffer> second = service.anonymous().get("/docs");

        String nonce = nonce(first);
        assertThat(nonce).hasSize(22).isNotEqualTo(nonce(second));
        assertThat(first.bodyAsString())
                .contains("<script nonce=\"" + nonce + "\"")
                .doesNotContain("{nonce}");
        assertThat(first.getHeader("content-security-policy"))
                .contains("style-src 'nonce-" + nonce + "'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(first.getHeader("cache-control")).isEqualTo("no-store");
    }

    private static String nonce(HttpResponse<Buffer> page) {
        return page.getHeader("content-security-policy").replaceAll(".*script-src 'nonce-([^']+)'.*", "$1");
    }

    @Test
    void countsWhatBrowsersReport() {
        assertThat(report("application/csp-report", "{\"csp-report\": {\"blocked-uri\": \"https://evil.example\"}}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(report("application/reports+json", "[{\"type\": \"csp-violation\", \"body\": {}}]")
                        .statusCode())
                .isEqualTo(204);
        assertProblem(report("application/csp-report", "[1]"), 422, "invalid_request");
        assertProblem(report("text/plain", "x"), 415, "unsupported_media_type");
    }

    private static HttpResponse<Buffer> report(String type, String body) {
        return service.anonymous()
                .send(
                        service.anonymous()
                                .request(HttpMethod.POST, "/api/v2/csp-report")
                                .putHeader("content-type", type),
                        Buffer.buffer(body));
    }

    private static HttpResponse<Buffer> from(String origin, Caller caller) {
        HttpRequest<Buffer> request = caller.request(HttpMethod.GET, KEYS).putHeader("origin", origin);
        return caller.send(request, Buffer.buffer());
    }

    private static HttpResponse<Buffer> preflight(String origin) {
        return service.anonymous()
                .request(HttpMethod.OPTIONS, KEYS)
                .putHeader("origin", origin)
                .putHeader("access-control-request-method", "GET")
                .putHeader("access-control-request-headers", "authorization")
                .send()
                .await();
    }
}
