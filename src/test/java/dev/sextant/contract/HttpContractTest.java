package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP promises, whatever is asked. */
@Timeout(60)
class HttpContractTest {

    private static final String LIVE = "/health/live";

    private static Service service;
    private static Customer shop;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.WHERE_NEEDED);
        shop = service.newCustomer();
        Sales.fill(shop);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /api/v2/datasets           | GET, HEAD, POST",
                "DELETE | /api/v2/datasets/sales     | GET, HEAD, PATCH",
                "GET    | /api/v2/events             | POST",
                "POST   | /health/live               | GET, HEAD",
                "PATCH  | /oauth/token               | POST"
            })
    void saysWhichMethodsAPathTakes(String method, String path, String allowed) {
        Caller caller = shop.caller();

        HttpResponse<Buffer> response = caller.send(caller.request(HttpMethod.valueOf(method), path), Buffer.buffer());

        assertProblem(response, 405, "method_not_allowed");
        assertThat(response.getHeader("allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {LIVE, "/docs", "/openapi.json", "/api/v2/datasets", "/api/v2/datasets/sales"})
    void answersHeadAsGetWithoutABody(String path) {
        HttpResponse<Buffer> get = shop.caller().get(path);

        HttpResponse<Buffer> head =
                shop.caller().request(HttpMethod.HEAD, path).send().await();

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isNull();
        assertThat(head.getHeader("content-type")).isEqualTo(get.getHeader("content-type"));
        assertThat(head.getHeader("etag")).isEqualTo(get.getHeader("etag"));
    }

    @Test
    void answersHeadOfNothingWithoutABody() {
        HttpResponse<Buffer> head =
                shop.caller().request(HttpMethod.HEAD, "/nothing").send().await();

        assertThat(head.statusCode()).isEqualTo(404);
        assertThat(head.body()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "'text/html, application/*;q=0.1', 200",
        "*/*;q=0.5, 200",
        "text/csv, 406",
        "'application/json;q=0, text/*', 406"
    })
    void agreesOnAMediaType(String accept, int status) {
        HttpResponse<Buffer> response = shop.caller()
                .send(
                        shop.caller()
                                .request(HttpMethod.GET, "/api/v2/datasets")
                                .putHeader("accept", accept),
                        Buffer.buffer());

        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void zipsForThoseWhoAsk() throws IOException {
        String plain = service.anonymous().get("/openapi.json").bodyAsString();

        HttpResponse<Buffer> zipped = service.anonymous()
                .request(HttpMethod.GET, "/openapi.json")
                .putHeader("accept-encoding", "gzip")
                .send()
                .await();

        assertThat(zipped.getHeader("content-encoding")).isEqualTo("gzip");
        assertThat(zipped.body().length()).isLessThan(plain.length() / 2);
        byte[] unzipped =
                new GZIPInputStream(new ByteArrayInputStream(zipped.body().getBytes())).readAllBytes();
        assertThat(new String(unzipped, StandardCharsets.UTF_8)).isEqualTo(plain);
    }

    @Test
    void namesEachRequestAndItsProblem() {
        HttpResponse<Buffer> first = service.anonymous().get(LIVE);
        HttpResponse<Buffer> second = service.anonymous().get("/nothing");

        assertThat(first.getHeader("x-request-id")).matches("req_[0-9a-f]{16}");
        JsonObject problem = second.bodyAsJsonObject();
        assertThat(second.getHeader("x-request-id"))
                .isNotEqualTo(first.getHeader("x-request-id"))
                .isEqualTo(problem.getString("request_id"));
        assertThat(second.getHeader("traceparent")).contains(problem.getString("trace_id"));
        assertThat(problem.getString("instance")).isEqualTo("/nothing");
    }

    @Test
    void goesOnWithTheTraceOfItsCaller() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        String answered = traced("00-" + trace + "-00f067aa0ba902b7-01");

        assertThat(answered).startsWith("00-" + trace + "-").endsWith("-01").doesNotContain("00f067aa0ba902b7");
        assertThat(traced("00-" + trace + "-00f067aa0ba902b7-00")).endsWith("-00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
            })
    void beginsATraceWhereTheCallersIsNone(String traceparent) {
        assertThat(traced(traceparent))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .doesNotContain("4bf92f3577b34da6a3ce929d0e0e4736", "00000000000000000000000000000000");
    }

    private static String traced(String traceparent) {
        return service.anonymous()
                .send(
                        service.anonymous().request(HttpMethod.GET, LIVE).putHeader("traceparent", traceparent),
                        Buffer.buffer())
                .getHeader("traceparent");
    }

    @Test
    void saysWhereTheTimeWent() {
        String timing = shop.caller().get("/api/v2/datasets").getHeader("server-timing");

        assertThat(timing).matches("auth;dur=[0-9]+\\.[0-9]{2}, exec;dur=[0-9]+\\.[0-9]{2}");
    }

    @Test
    void theReferenceIsSentOnceToThoseWhoKeepIt() {
        for (String path : new String[] {"/openapi.yaml", "/openapi.json", "/docs/swagger-ui.css"}) {
            String etag = service.anonymous().get(path).getHeader("etag");

            HttpResponse<Buffer> again = service.anonymous()
                    .send(
                            service.anonymous().request(HttpMethod.GET, path).putHeader("if-none-match", etag),
                            Buffer.buffer());

            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.getHeader("etag")).isEqualTo(etag);
        }
    }
}
