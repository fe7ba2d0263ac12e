package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.sextant.QuietLog;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.edge.ResponseValidator;
import dev.sextant.launch.ServerInTests;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who hold on to what they do not use, and requests that two readers would read in two ways. */
@Timeout(60)
class SlowCallersContractTest {

    private static final int PER_ADDRESS_MAX = 20;
    private static final String HOST = "Host: here\r\n";
    private static final String LIVE = "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n";

    private static Service service;
    private static Customer shop;
    private static QuietLog log;

    @BeforeAll
    static void startService() {
        service = new Service(
                Bus.Wire.WHERE_NEEDED,
                TestServers.freshPostgres(),
                ServerInTests.config(Map.of(
                        "edge.connections.per_address_max", Integer.toString(PER_ADDRESS_MAX),
                        "edge.connections.head_patience", "400ms",
                        "edge.connections.body_patience", "800ms",
                        "edge.connections.stall", "600ms",
                        "edge.idle", "2s",
                        "push.times.heartbeat", "1s")));
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

    @Test
    void letsNoMoreConnectionsInThanAnAddressMayHave() throws IOException {
        List<Socket> held = new ArrayList<>();
        InetAddress other = InetAddress.getByName("127.0.0.77");
        for (int i = 0; i < PER_ADDRESS_MAX; i++) {
            held.add(from(other));
        }

        assertThat(isEnded(from(other))).isTrue();
        assertThat(service.anonymous().get("/health/live").statusCode()).isEqualTo(200);

        for (Socket socket : held) {
            socket.close();
        }
        await().untilAsserted(() -> {
            try (Socket again = from(other)) {
                again.getOutputStream().write(LIVE.getBytes(StandardCharsets.US_ASCII));
                assertThat(again.getInputStream().read()).isEqualTo('H');
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET /health/live HTT", "GET /health/live HTTP/1.1\r\nX: y"})
    void endsWhoeverDoesNotFinishAHead(String start) {
        try (RawHttp http = new RawHttp(port())) {
            http.send(start);

            assertThat(http.read().status()).isEqualTo(408);
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void endsWhoeverDribblesItsSecondHead() {
        try (RawHttp http = new RawHttp(port())) {
            assertThat(http.send(LIVE).read().status()).isEqualTo(200);

            http.send("G").send("E").send("T");

            assertThat(http.read().status()).isEqualTo(408);
            assertThat(http.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson"})
    void endsWhoeverDribblesABody(String type) {
        try (RawHttp http = new RawHttp(port())) {
            http.send(head("POST", Sales.EVENTS_PATH, type) + "Content-Length: 1000\r\n\r\n{\"a\": ");

            RawHttp.Response response = http.read();

            assertProblem(response, 408, "request_timeout");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void endsWhoeverSendsTheRestOfARefusedBodyForever() {
        try (RawHttp http = new RawHttp(port())) {
            http.send("POST /nothing HTTP/1.1\r\n" + HOST + "Content-Length: 100000\r\n\r\n{");
            assertThat(http.read().status()).isEqualTo(404);

            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void endsWhoeverTakesNoAnswers() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            int asked = 200;
            String request = "GET /openapi.json HTTP/1.1\r\n" + HOST + "\r\n";
            socket.getOutputStream().write(request.repeat(asked).getBytes(StandardCharsets.US_ASCII));
            long size = service.anonymous().get("/openapi.json").body().length();

            await().untilAsserted(() -> assertThat(isBroken(socket)).isTrue());

            assertThat(restOf(socket.getInputStream())).isLessThan(asked * size);
        }
    }

    @Test
    void leavesAWebSocketAlone() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("""
                    GET /api/v2/analytics/realtime/stream HTTP/1.1\r
                    Host: here\r
                    Connection: Upgrade\r
                    Upgrade: websocket\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    Authorization: Bearer %s\r
                    \r
                    """.formatted(shop.key()).getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();

            assertThat(pings(socket, in, 2)).isEqualTo(2);
        }
    }

    /** Counts pings, answering each, up to a number; fewer where the connection ends. Frames of servers are unmasked. */
    private static int pings(Socket socket, InputStream in, int enough) throws IOException {
        int pings = 0;
        int last = 0;
        for (int next = in.read(); next >= 0 && pings < enough; next = in.read()) {
            if (last == 0x89) {
                in.readNBytes(next);
                socket.getOutputStream().write(new byte[] {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0});
                pings++;
            }
            last = next;
            if (pings == enough) {
                break;
            }
        }
        return pings;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5~Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked~Content-Length: 5",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity~Content-Length: 5",
                "Transfer-Encoding: chunked~Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked~Transfer-Encoding: identity",
                "Content-Length: 5~Content-Length: 6",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: chunked~ Content-Length: 5"
            })
    void refusesARequestThatSaysTwoWaysWhereItEnds(String headers) {
        for (String before : new String[] {"", LIVE}) {
            try (RawHttp http = new RawHttp(port())) {
                if (!before.isEmpty()) {
                    assertThat(http.send(before).read().status()).isEqualTo(200);
                }
                http.send("POST /oauth/token HTTP/1.1\r\n" + HOST + headers.replace("~", "\r\n")
                        + "\r\n\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\n" + HOST + "\r\n");

                assertProblem(http.read(), 400, "malformed");
                assertThat(http.isEnded())
                        .as("nothing is read as a second request")
                        .isTrue();
            }
        }
    }

    @Test
    void refusesChunksOfHttp10() {
        try (RawHttp http = new RawHttp(port())) {
            http.send("POST /oauth/token HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

            assertProblem(http.read(), 400, "malformed");
            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void endsWhoeverResetsStreamAfterStream() {
        try (RawHttp2 http = new RawHttp2(port())) {
            boolean isOpen = true;
            for (int stream = 1; isOpen && stream < 20_000; stream += 2) {
                isOpen = http.send(
                                RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream, RawHttp2.GET_ROOT)
                        && http.send(RawHttp2.RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
            }

            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void endsWhoeverContinuesHeadersForever() {
        try (RawHttp2 http = new RawHttp2(port())) {
            boolean isOpen = http.send(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.GET_ROOT);
            for (int i = 0; isOpen && i < 100_000; i++) {
                isOpen = http.send(RawHttp2.CONTINUATION, 0, 1);
            }

            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void endsWhoeverOnlyPings() {
        try (RawHttp2 http = new RawHttp2(port())) {
            await().pollDelay(java.time.Duration.ZERO)
                    .pollInterval(java.time.Duration.ofMillis(100))
                    .until(() -> !http.send(RawHttp2.PING, 0, 0, new byte[8]));

            assertThat(http.isEnded()).isTrue();
        }
    }

    @Test
    void keepsWhoeverAsksNowAndThen() {
        try (RawHttp2 http = new RawHttp2(port())) {
            AtomicInteger stream = new AtomicInteger(-1);

            await().during(java.time.Duration.ofSeconds(5))
                    .pollInterval(java.time.Duration.ofMillis(100))
                    .until(() -> http.send(
                            RawHttp2.HEADERS,
                            RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                            stream.addAndGet(2),
                            RawHttp2.GET_ROOT));
        }
    }

    @Test
    void endsAStreamWhoseAnswerIsNotTaken() {
        try (RawHttp2 http = new RawHttp2(port())) {
            byte[] noWindow = {0, 4, 0, 0, 0, 0}; // SETTINGS_INITIAL_WINDOW_SIZE = 0
            http.send(RawHttp2.SETTINGS, 0, 0, noWindow);
            http.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1, RawHttp2.GET_LIVE);

            // The stream is over, or the whole connection is.
            await().until(() -> http.read()
                    .map(frame -> frame.type() == RawHttp2.RST_STREAM || frame.type() == RawHttp2.GOAWAY)
                    .orElse(true));
        }
    }

    private static Socket from(InetAddress address) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        return socket;
    }

    private static boolean isEnded(Socket socket) {
        try (socket) {
            return socket.getInputStream().read() < 0;
        } catch (IOException _) {
            return true; // reset
        }
    }

    /** Whether the other side is gone: what is written to it is answered by a reset. */
    private static boolean isBroken(Socket socket) {
        try {
            socket.getOutputStream().write('\n');
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private static long restOf(InputStream in) {
        long bytes = 0;
        try {
            for (int read = in.read(new byte[8192]); read >= 0; read = in.read(new byte[8192])) {
                bytes += read;
            }
        } catch (IOException _) {
            // reset: there is no more
        }
        return bytes;
    }

    private static String head(String method, String path, String type) {
        return "%s %s HTTP/1.1\r\n%sContent-Type: %s\r\nAuthorization: Bearer %s\r\n"
                .formatted(method, path, HOST, type, shop.key());
    }

    private static int port() {
        return service.platform().port();
    }

    private static void assertProblem(RawHttp.Response response, int status, String code) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
        new ResponseValidator().checkProblem(response.body());
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code);
    }
}
