package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.Configs;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What somebody sees who tries whatever there might be: every path and method of the contract, and those that it has not. For API8
 * and API9 of the OWASP API Security Top 10 (2023).
 */
@Timeout(120)
class SurfaceContractTest {

    private static final OpenAPI CONTRACT = new OpenAPIV3Parser().read("openapi.yaml");
    private static final List<Promised> OPERATIONS = Promised.of(CONTRACT);

    /** Fits the patterns of all parts of paths. */
    private static final String ANY_NAME = "x1";

    private static final List<String> OTHER_METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "MOVE", "DEBUG");

    /** What other servers have, and scanners look for. */
    private static final List<String> OTHERS_PATHS = List.of(
            "/",
            "/.env",
            "/.git/config",
            "/.well-known/openid-configuration",
            "/actuator/env",
            "/actuator/heapdump",
            "/admin",
            "/api",
            "/api/v2",
            "/api/v2/admin",
            "/api/v2/internal",
            "/console",
            "/debug/pprof",
            "/eventbus",
            "/graphql",
            "/h2-console",
            "/health",
            "/jolokia",
            "/metrics",
            "/phpinfo.php",
            "/robots.txt",
            "/server-status",
            "/swagger-ui.html",
            "/v3/api-docs");

    private static Service service;

    @BeforeAll
    static void startService() {
        Map<String, String> withoutBans =
                Map.of("edge.bans.failures_max", "1000000000", "edge.bans.misses_max", "1000000000");
        service = new Service(Bus.Wire.WHERE_NEEDED, TestServers.freshPostgres(), Configs.with(withoutBans));
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> everyAnswerTellsBrowsersToAllowNothingAndNothingOfUs() {
        return OPERATIONS.stream()
                .map(promised -> DynamicTest.dynamicTest(promised.id(), () -> assertCareful(promised)));
    }

    private static void assertCareful(Promised promised) {
        HttpResponse<Buffer> response = service.anonymous()
                .request(promised.method(), filled(promised.path()))
                .putHeader("origin", "https://evil.example")
                .send()
                .await();

        assertThat(response.getHeader("x-content-type-options")).isEqualTo("nosniff");
        assertThat(response.getHeader("referrer-policy")).isEqualTo("no-referrer");
        assertThat(response.getHeader("content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-", "*");
        assertThat(response.headers().names())
                .doesNotContain("server", "x-powered-by", "access-control-allow-origin")
                .doesNotContain("Server", "X-Powered-By", "Access-Control-Allow-Origin");
        if (response.statusCode() >= 400) {
            assertThat(response.bodyAsString()).doesNotContain("Exception", "dev.sextant", "io.vertx", "SELECT ");
        }
    }

    @TestFactory
    Stream<DynamicTest> aPathTakesNoOtherMethodsThanItsOwn() {
        return CONTRACT.getPaths().keySet().stream()
                .map(path -> DynamicTest.dynamicTest(path, () -> assertOtherMethodsRefused(filled(path))));
    }

    private static void assertOtherMethodsRefused(String path) {
        Set<String> own = methods(path);
        for (String method : OTHER_METHODS) {
            if (!own.contains(method)) {
                HttpResponse<Buffer> response = service.platform()
                        .request(HttpMethod.valueOf(method), path)
                        .send()
                        .await();

                assertProblem(response, 405, "method_not_allowed");
                assertThat(own).containsAll(List.of(response.getHeader("allow").split(", ")));
            }
        }
    }

    /** Also not for the mightiest. */
    @TestFactory
    Stream<DynamicTest> whatIsNotInTheContractIsNotThere() {
        return Stream.concat(
                        OTHERS_PATHS.stream(),
                        CONTRACT.getPaths().keySet().stream().flatMap(SurfaceContractTest::besides))
                .distinct()
                .filter(path -> methods(path).isEmpty())
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST)) {
                        HttpResponse<Buffer> response =
                                service.platform().request(method, path).send().await();

                        assertProblem(response, 404, "not_found");
                    }
                }));
    }

    /** Other versions of it, and what editors and frameworks leave beside it. */
    private static Stream<String> besides(String path) {
        String filled = filled(path);
        return Stream.of(
                filled.replace("/api/v2/", "/api/v1/"),
                filled.replace("/api/v2/", "/api/v3/"),
                filled.replace("/api/v2/", "/api/"),
                filled.replace("/api/v2/", "/"),
                filled.replace("/api/v2/", "/internal/api/v2/"),
                filled + ".bak",
                filled + "~",
                filled + "/debug");
    }

    private static String filled(String path) {
        return path.replaceAll("\\{[a-z_]+}", ANY_NAME);
    }

    /** Those that the contract has for a path, also where it is one of many that a template takes. */
    private static Set<String> methods(String path) {
        Set<String> methods = OPERATIONS.stream()
                .filter(promised -> path.matches(promised.path().replaceAll("\\{[a-z_]+}", "[^/]+")))
                .map(promised -> promised.method().name())
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }
}
