package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.sextant.QuietLog;
import dev.sextant.SelfSigned;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.edge.ResponseValidator;
import dev.sextant.launch.Configs;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/1.1 and HTTP/2, plain and by TLS: the same answers. */
@Timeout(60)
class ProtocolsContractTest {

    enum Way {
        HTTP_1(HttpVersion.HTTP_1_1, false),
        /** HTTP/2 over plain TCP, without asking first. */
        H2C(HttpVersion.HTTP_2, false),
        HTTPS_1(HttpVersion.HTTP_1_1, true),
        H2(HttpVersion.HTTP_2, true);

        private final HttpVersion version;
        private final boolean tls;

        Way(HttpVersion version, boolean tls) {
            this.version = version;
            this.tls = tls;
        }

        HttpClientOptions options() {
            return new HttpClientOptions()
                    .setProtocolVersion(version)
                    .setHttp2ClearTextUpgrade(false)
                    .setSsl(tls)
                    .setUseAlpn(tls)
                    .setTrustAll(tls)
                    .setVerifyHost(false);
        }
    }

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private record Answer(HttpVersion version, int status, Map<String, String> headers, String body) {}

    private static SelfSigned certificate;
    private static Service plain;
    private static Service secure;

    private static QuietLog log;

    @BeforeAll
    static void startServices() {
        log = QuietLog.listen();
        certificate = SelfSigned.make();
        plain = new Service(Bus.Wire.WHERE_NEEDED);
        secure = new Service(Bus.Wire.WHERE_NEEDED, TestServers.freshPostgres(), Configs.withTls(certificate));
    }

    @AfterAll
    static void stopServices() {
        assertThat(log.told(Level.ERROR)).isEmpty();
        log.close();
        plain.close();
        secure.close();
        certificate.delete();
    }

    @ParameterizedTest
    @EnumSource
    void answersAsAsked(Way way) {
        Answer answer = send(way, HttpMethod.GET, "/health/live", Buffer.buffer());

        assertThat(answer.version()).isEqualTo(way.version);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}");
    }

    @ParameterizedTest
    @EnumSource
    void tellsProblemsAsEverywhere(Way way) {
        Answer missing = send(way, HttpMethod.GET, "/nothing", Buffer.buffer());
        Answer unknown = send(way, HttpMethod.POST, Sales.QUERY, Buffer.buffer("{}"));
        Answer encoded = send(way, HttpMethod.GET, "/docs/%ff", Buffer.buffer());

        assertProblem(missing, 404, "not_found");
        assertProblem(unknown, 401, "unauthenticated");
        assertProblem(encoded, 400, "malformed");
    }

    @ParameterizedTest
    @EnumSource
    void refusesABodyThatIsTooLarge(Way way) {
        Answer refused = send(way, HttpMethod.POST, "/oauth/token", Buffer.buffer("grant_type=" + "x".repeat(100_000)));

        assertProblem(refused, 413, "too_large");
        assertThat(refused.headers().containsKey("connection")).isEqualTo(way.version == HttpVersion.HTTP_1_1);
    }

    @ParameterizedTest
    @EnumSource
    void manyMayAskAtOnce(Way way) {
        HttpClient client = service(way).vertx().createHttpClient(way.options());

        List<Answer> answers = Future.all(IntStream.range(0, 50)
                        .mapToObj(i -> send(client, way, HttpMethod.GET, "/openapi.json", Buffer.buffer()))
                        .toList())
                .await()
                .list();

        client.close().await();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    }

    @ParameterizedTest
    @EnumSource(names = {"H2C", "H2"})
    void whatIsNoProtocolAtAllIsNoErrorOfOurs(Way way) {
        List<String> nonsense = List.of(
                PREFACE + "\u0000\u0000\u0005\u0000\u0000\u0000\u0000\u0000\u0003hello", // data of no stream
                PREFACE + "\u00ff".repeat(100),
                PREFACE.substring(0, 20) + "x".repeat(100),
                "\u0016\u0003\u0001\u0000\u0005hello".repeat(10),
                "\u0000".repeat(1000));

        for (String bytes : nonsense) {
            try (RawHttp http = new RawHttp(service(way).platform().port())) {
                http.send(bytes);
            }
        }

        assertThat(send(way, HttpMethod.GET, "/health/live", Buffer.buffer()).status())
                .isEqualTo(200);
    }

    private static Service service(Way way) {
        return way.tls ? secure : plain;
    }

    private static Answer send(Way way, HttpMethod method, String path, Buffer body) {
        HttpClient client = service(way).vertx().createHttpClient(way.options());
        try {
            return send(client, way, method, path, body).await();
        } finally {
            client.close().await();
        }
    }

    /** All on one event loop: a response that is not listened to when it comes is lost. */
    private static Future<Answer> send(HttpClient client, Way way, HttpMethod method, String path, Buffer body) {
        Promise<Answer> answer = Promise.promise();
        service(way)
                .vertx()
                .runOnContext(_ -> client.request(
                                method, service(way).platform().port(), "127.0.0.1", path)
                        .compose(request -> request.putHeader(
                                        "content-type",
                                        path.equals("/oauth/token")
                                                ? "application/x-www-form-urlencoded"
                                                : "application/json")
                                .send(body))
                        .compose(ProtocolsContractTest::answer)
                        .onComplete(answer));
        return answer.future();
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body()
                .map(bytes -> new Answer(
                        response.version(),
                        response.statusCode(),
                        Map.copyOf(response.headers().entries().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))),
                        bytes.toString()));
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        new ResponseValidator().checkProblem(answer.body());
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
    }
}
