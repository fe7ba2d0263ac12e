package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.SelfSigned;
import dev.sextant.http.AddressRange;
import dev.sextant.kernel.ProblemException;
import dev.sextant.launch.Configs;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.telemetry.Telemetry;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where callers are, over real connections, all of which come from 127.0.0.1, and what those say who are not believed. */
@Timeout(20)
class ClientAddressesIT {

    private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};

    private Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void isTheSocketsWhereNobodyIsTrusted() throws IOException {
        HttpServer server = serverThatTrusts("");

        assertThat(ask(server, new byte[0], "")).isEqualTo("127.0.0.1");
        assertThat(ask(server, new byte[0], "Forwarded: for=192.0.2.7\r\n")).isEqualTo("127.0.0.1");
        assertThat(ask(server, new byte[0], "Forwarded: for=\"\r\n")).isEqualTo("127.0.0.1");
    }

    @Test
    void believesATrustedProxysHeaderInFrontOfTheConnection() throws IOException {
        HttpServer server = serverThatTrusts("127.0.0.1");

        assertThat(ask(server, tcp4("192.0.2.7"), "")).isEqualTo("192.0.2.7");
        assertThat(ask(server, tcp4("192.0.2.7"), "Forwarded: for=198.51.100.1\r\n"))
                .isEqualTo("192.0.2.7");
        assertThat(ask(server, tcp6("2001:db8::7"), "")).isEqualTo("2001:db8::7");
        assertThat(ask(server, tcp6("::ffff:192.0.2.8"), "")).isEqualTo("192.0.2.8");
    }

    @Test
    void servesATrustedPeerThatSaysNothing() throws IOException {
        HttpServer server = serverThatTrusts("127.0.0.0/8");

        assertThat(ask(server, new byte[0], "")).isEqualTo("127.0.0.1");
        assertThat(ask(server, local(), "")).isEqualTo("127.0.0.1");
    }

    @Test
    void goesOnFromATrustedProxyToTheNextOne() throws IOException {
        HttpServer server = serverThatTrusts("127.0.0.1, 10.0.0.0/8");

        assertThat(ask(server, tcp4("10.0.0.1"), "Forwarded: for=192.0.2.1, for=198.51.100.1, for=10.0.0.2\r\n"))
                .isEqualTo("198.51.100.1");
        assertThat(ask(server, tcp4("10.0.0.1"), "Forwarded: for=10.0.0.3\r\n")).isEqualTo("10.0.0.3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=192.0.2.1                                   | 192.0.2.1",
                "for=198.51.100.1, for=192.0.2.1                 | 192.0.2.1",
                "for=spoofed:stuff, for=192.0.2.1                | 192.0.2.1",
                "for=\"[2001:db8::1]:4711\"                      | 2001:db8::1",
                "for=192.0.2.1:80;proto=https                    | 192.0.2.1",
                "for=192.0.2.1, for=unknown                      | 127.0.0.1",
                "for=192.0.2.1, for=_secret                      | 127.0.0.1",
                "for=192.0.2.1, proto=https                      | 127.0.0.1",
                "for=192.0.2.1, for=example.org                  | 400",
                "for=\"192.0.2.1, for=192.0.2.9                  | 400",
                "for=[192.0.2.300]                               | 400"
            })
    void takesTheRightmostOneThatIsNotTrusted(String forwarded, String expected) throws IOException {
        HttpServer server = serverThatTrusts("127.0.0.1");

        assertThat(ask(server, new byte[0], "Forwarded: " + forwarded + "\r\n")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverBelievesAHeaderOfAPeerThatIsNotTrusted(boolean isVersion2) throws IOException {
        HttpServer server = serverThatTrusts("10.0.0.0/8");
        byte[] spoof = isVersion2
                ? tcp4("10.0.0.1")
                : "PROXY TCP4 10.0.0.1 10.0.0.9 1 2\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(ask(server, spoof, "")).isIn("400", "");
        assertThat(ask(server, new byte[0], "Forwarded: for=10.0.0.1\r\n")).isEqualTo("127.0.0.1");
    }

    @Test
    void readsAHeaderThatComesByteByByte() throws IOException {
        HttpServer server = serverThatTrusts("127.0.0.1");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.setTcpNoDelay(true);
            for (byte one : tcp4("192.0.2.7")) {
                socket.getOutputStream().write(one);
                socket.getOutputStream().flush();
            }

            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .endsWith("192.0.2.7");
        }
    }

    /** The header comes before TLS does. */
    @Test
    void readsTheHeaderInFrontOfTls() throws IOException, GeneralSecurityException {
        SelfSigned identity = SelfSigned.make();
        HttpServer server = serverThatTrusts(
                "127.0.0.1",
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(identity.certificate().toString())
                                .setKeyPath(identity.key().toString())));

        assertThat(askOverTls(server, tcp4("192.0.2.7"))).endsWith("192.0.2.7");
        assertThat(askOverTls(server, new byte[0])).endsWith("127.0.0.1");
        TestFolders.delete(identity.folder());
    }

    private static String askOverTls(HttpServer server, byte[] before) throws IOException, GeneralSecurityException {
        SSLContext trustful = SSLContext.getInstance("TLS");
        trustful.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            plain.getOutputStream().write(before);
            Socket tls = trustful.getSocketFactory().createSocket(plain, "localhost", server.actualPort(), true);
            tls.getOutputStream()
                    .write("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(tls.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private HttpServer serverThatTrusts(String proxies) {
        return serverThatTrusts(proxies, new HttpServerOptions());
    }

    private HttpServer serverThatTrusts(String proxies, HttpServerOptions options) {
        EdgeConfig config =
                Configs.with(Map.of("edge.trusted_proxies", proxies)).edge();
        vertx.close().await();
        vertx = Vertx.builder()
                .withTransport(EdgeTransport.of(config, new Telemetry()))
                .build();
        ClientAddresses addresses = new ClientAddresses(AddressRange.parseAll(proxies));
        return vertx.createHttpServer(
                        options.setUseProxyProtocol(!config.trusted().isEmpty()))
                .requestHandler(request -> answer(request, addresses))
                .listen(0, "127.0.0.1")
                .await();
    }

    private static void answer(HttpServerRequest request, ClientAddresses addresses) {
        try {
            request.response().end(addresses.of(request).text());
        } catch (ProblemException _) {
            request.response().end("400");
        }
    }

    /** The last line of the answer; the status where there is none. */
    private static String ask(HttpServer server, byte[] before, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            byte[] request = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n%s\r\n"
                    .formatted(headers)
                    .getBytes(StandardCharsets.US_ASCII);
            // At once: what comes after a refusal resets the connection, and may take the refusal with it.
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(before.length + request.length)
                            .put(before)
                            .put(request)
                            .array());
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.startsWith("HTTP/1.1 400") ? "400" : answer.substring(answer.lastIndexOf('\n') + 1);
        }
    }

    private static byte[] tcp4(String source) throws IOException {
        return header(0x21, 0x11, InetAddress.getByName(source), InetAddress.getLoopbackAddress());
    }

    private static byte[] tcp6(String source) throws IOException {
        String plain = source.replace("::ffff:192.0.2.8", "::1");
        byte[] header = header(0x21, 0x21, InetAddress.getByName(plain), InetAddress.ofLiteral("::1"));
        if (!plain.equals(source)) { // Java takes a mapped address for the IPv4 one that it is
            byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 8};
            System.arraycopy(mapped, 0, header, 16, 16);
        }
        return header;
    }

    private static byte[] local() throws IOException {
        return header(0x20, 0x00);
    }

    /** Source: the PROXY protocol's specification, section 2.2. */
    private static byte[] header(int command, int family, InetAddress... ends) {
        byte[] addresses = new byte[0];
        for (InetAddress end : ends) {
            addresses = joined(addresses, end.getAddress());
        }
        int length = ends.length == 0 ? 0 : addresses.length + 4;
        return ByteBuffer.allocate(16 + length)
                .put(SIGNATURE)
                .put((byte) command)
                .put((byte) family)
                .putShort((short) length)
                .put(addresses)
                .array();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
