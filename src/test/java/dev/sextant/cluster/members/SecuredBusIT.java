package dev.sextant.cluster.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.Origins;
import dev.sextant.SelfSigned;
import dev.sextant.bus.Address;
import dev.sextant.cluster.members.LoopbackNode.Place;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bus over TLS: nodes have certificates, and whoever has none is told nothing and can say nothing. */
@Timeout(60)
class SecuredBusIT {

    record Text(String text) {}

    private static final Address<Text, Text> REPEAT = new Address<>("test.repeat.v1", Text.class, Text.class);

    private static SelfSigned certificate;
    private static Place there;
    private static Place here;
    private static LoopbackNode one;
    private static LoopbackNode two;

    @BeforeAll
    static void startBoth() {
        certificate = SelfSigned.make();
        there = Place.make();
        here = Place.make();
        one = start("one", there, here);
        two = start("two", here, there);
    }

    private static LoopbackNode start(String name, Place place, Place other) {
        ClusterConfig.Tls tls = new ClusterConfig.Tls(
                certificate.certificate().toString(),
                certificate.key().toString(),
                certificate.certificate().toString());
        return LoopbackNode.start(name, LoopbackNode.config(LoopbackNode.SECRET, tls, place, other));
    }

    @AfterAll
    static void stopBoth() {
        two.close();
        one.close();
        there.close();
        here.close();
        certificate.delete();
    }

    @Test
    void nodesTalk() {
        two.bus.answerNodes(REPEAT, (text, _) -> Future.succeededFuture(text)).await();

        assertThat(one.bus
                        .ask(REPEAT, new Text("hello"), Origins.of("acme", Duration.ofSeconds(5)))
                        .await())
                .isEqualTo(new Text("hello"));
    }

    @Test
    void whoSpeaksPlainlyIsHungUpOn() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), here.busPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(new byte[] {0, 0, 0, 1, 0});

            assertThat(socket.getInputStream().readAllBytes().length).isLessThan(32); // an alert, and the end
        }
    }

    @Test
    void whoHasNoCertificateIsHungUpOn() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", here.busPort())) {
            socket.setSoTimeout(5000);

            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getInputStream().read(); // from TLS 1.3 on, the client hears of its refusal here
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    /** As an attacker does not care whom it speaks to. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
