package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.sextant.QuietLog;
import dev.sextant.bus.Bus;
import dev.sextant.edge.ResponseValidator;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent is no HTTP, or breaks its rules, or breaks off. */
@Timeout(60)
class BadHeadsContractTest {

    private static final String HOST = "Host: here\r\n";
    private static final String LIVE = "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n";

    private static Service service;
    private static Customer shop;
    private static QuietLog log;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.WHERE_NEEDED);
        shop = service.newCustomer();
        Sales.create(shop, "sales");
        log = QuietLog.listen();
    }

    @AfterAll
    static void stopService() {
        assertThat(log.told(Level.ERROR)).isEmpty();
        log.close();
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no host                | GET /health/live HTTP/1.1~~                                            | 400 | malformed",
                "no path                | GET  HTTP/1.1~Host: a~~                                                | 400 | malformed",
                "no request at all      | hello~~                                                                | 400 | malformed",
                "a header with a space  | GET /health/live HTTP/1.1~Host: a~X y: 1~~                             | 400 | malformed",
                "a header with U+0000   | GET /health/live HTTP/1.1~Host: a~X: 1^2~~                             | 400 | malformed",
                "two hosts              | GET /health/live HTTP/1.1~Host: a~Host: b~~                            | 400 | malformed",
                "the same host twice    | GET /health/live HTTP/1.1~Host: a~Host: a~~                            | 400 | malformed",
                "two credentials        | GET /api/v2/datasets HTTP/1.1~Host: a~Authorization: a~Authorization: b~~ | 400 | malformed",
                "a folded header        | GET /health/live HTTP/1.1~Host: a~X: 1~ 2~Y: 3~~                       | 400 | malformed",
                "a folded last header   | GET /health/live HTTP/1.1~Host: a~X: 1~\t2~~                           | 400 | malformed",
                "a folded empty header  | GET /health/live HTTP/1.1~Host: a~X:~ 2~~                              | 400 | malformed",
                "two lengths            | POST /oauth/token HTTP/1.1~Host: a~Content-Length: 1~Content-Length: 2~~ab | 400 | malformed",
                "a negative length      | POST /oauth/token HTTP/1.1~Host: a~Content-Length: -1~~                | 400 | malformed",
                "a length that is none  | POST /oauth/token HTTP/1.1~Host: a~Content-Length: ten~~               | 400 | malformed",
                "a version to come      | GET /health/live HTTP/9.9~Host: a~~                                    | 505 | version_not_supported",
                "a version that is none | GET /health/live HTTP/one~Host: a~~                                    | 400 | malformed",
                "a path of a star       | OPTIONS * HTTP/1.1~Host: a~~                                           | 404 | not_found",
                "a way out              | GET /../../etc/passwd HTTP/1.1~Host: a~~                               | 404 | not_found",
                "a way out of the docs  | GET /docs/../../openapi.yml HTTP/1.1~Host: a~~                         | 404 | not_found",
                "a byte that is no text | GET /api/v2/datasets/`? HTTP/1.1~Host: a~~                             | 401 | unauthenticated",
                "a proxy's request      | CONNECT example.com:443 HTTP/1.1~Host: a~~                             | 404 | not_found"
            })
    void refusesWhatBreaksTheRules(String name, String request, int status, String code) {
        try (RawHttp http = new RawHttp(port())) {
            http.send(request.replace("~", "\r\n").replace("^", "\0").replace("`", "\u00ff"));

            assertProblem(http.read(), status, code);
        }
    }

    /** Wherever the network cuts it. */
    @Test
    void refusesAFoldedHeaderThatComesByteByByte() {
        String head = "GET /health/live HTTP/1.1\r\n" + HOST + "X: 1\r\n 2\r\n\r\n";
        try (RawHttp http = new RawHttp(port())) {
            head.chars().forEach(character -> http.send(Character.toString(character)));

            assertProblem(http.read(), 400, "malformed");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void aLineThatBeginsWithASpaceIsNoFoldInABody() {
        String body = " \r\n {}";
        String request = head("POST", Sales.QUERY) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (RawHttp http = new RawHttp(port())) {
            http.send(request);
            assertProblem(http.read(), 422, "invalid_query");

            assertThat(http.send(LIVE).read().status()).isEqualTo(200);
        }
    }

    @Test
    void refusesHeadersThatAreTooLarge() {
        try (RawHttp http = new RawHttp(port())) {
            http.send("GET /health/live HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(20_000) + "\r\n\r\n");

            assertProblem(http.read(), 431, "headers_too_large");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void refusesAPathThatIsTooLong() {
        try (RawHttp http = new RawHttp(port())) {
            http.send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n");

            assertProblem(http.read(), 414, "uri_too_long");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void refusesAChunkedBodyAsSoonAsItIsTooLarge() {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (RawHttp http = new RawHttp(port())) {
            http.send(head("POST", Sales.QUERY) + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17));

            assertProblem(http.read(), 413, "too_large");

            http.send("0\r\n\r\n");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Sales.QUERY, Sales.EVENTS_PATH})
    void refusesChunksThatAreNone(String path) {
        for (String chunks :
                new String[] {"no size\r\n", "1\r\n{\r\nZZ\r\n", "1\r\n{no end of it\r\n", "-1\r\n{\r\n"}) {
            try (RawHttp http = new RawHttp(port())) {
                http.send(head("POST", path) + "Transfer-Encoding: chunked\r\n\r\n" + chunks);

                assertProblem(http.read(), 400, "malformed");
                assertThat(http.isEnded()).isTrue();
            }
        }
    }

    @Test
    void refusesAChunkThatIsNoneHoweverLateItComes() {
        try (RawHttp http = new RawHttp(port())) {
            http.send(head("POST", Sales.QUERY) + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
            http.send("Z").send("Z\r\n");

            assertProblem(http.read(), 400, "malformed");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void whoIsRefusedAnywayIsAnsweredBeforeTheConnectionEnds() {
        String head = "POST " + Sales.QUERY + " HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";
        try (RawHttp http = new RawHttp(port())) {
            http.send(head + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n");

            assertProblem(http.read(), 401, "unauthenticated");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void goesOnAfterARefusedBody() {
        String body = "{\"limit\": -1}";
        try (RawHttp http = new RawHttp(port())) {
            http.send(head("POST", Sales.QUERY) + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            assertProblem(http.read(), 422, "invalid_request");

            String text = "x".repeat(200_000);
            http.send("POST /nothing HTTP/1.1\r\n" + HOST + "Content-Length: " + text.length() + "\r\n\r\n" + text);
            assertProblem(http.read(), 404, "not_found");

            assertThat(http.send(LIVE).read().status()).isEqualTo(200);
        }
    }

    @Test
    void answersRequestsThatComeAllAtOnceInTheirOrder() {
        try (RawHttp http = new RawHttp(port())) {
            http.send(LIVE + "GET /nothing HTTP/1.1\r\n" + HOST + "\r\n" + LIVE);

            assertThat(http.read().status()).isEqualTo(200);
            assertThat(http.read().status()).isEqualTo(404);
            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    @Test
    void aCallerWhoGoesAwayInTheMiddleIsNoError() {
        for (String type : new String[] {"application/json", "application/x-ndjson"}) {
            try (RawHttp http = new RawHttp(port())) {
                http.send(head("POST", Sales.EVENTS_PATH).replace("application/json", type)
                        + "Content-Length: 1000\r\n\r\n{\"a\": ");
            }
        }
        try (RawHttp http = new RawHttp(port())) {
            http.send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"); // someone tries TLS
        }

        assertThat(service.anonymous().get("/health/live").statusCode()).isEqualTo(200);
    }

    private static String head(String method, String path) {
        return "%s %s HTTP/1.1\r\n%sContent-Type: application/json\r\nAuthorization: Bearer %s\r\n"
                .formatted(method, path, HOST, shop.key());
    }

    private static int port() {
        return service.platform().port();
    }

    private static void assertProblem(RawHttp.Response response, int status, String code) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.version()).isEqualTo("HTTP/1.1");
        assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
        new ResponseValidator().checkProblem(response.body());
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code);
    }
}
