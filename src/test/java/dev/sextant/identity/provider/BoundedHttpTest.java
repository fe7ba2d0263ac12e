package dev.sextant.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sextant.SelfSigned;
import dev.sextant.kernel.ProblemException;
import dev.sextant.launch.children.TestFolders;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom the small client asks; what it does with answers, {@code IdentityProvidersContractTest} shows. */
@Timeout(60)
class BoundedHttpTest {

    /** More patient than usual, so that a busy machine is not taken for a silent server. */
    private static final ProviderConfig CONFIG = new ProviderConfig(1, false, false, Duration.ofSeconds(25), 1024);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger brokenHandshakes = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void asksNobodyWhoseCertificateIsNotTrusted() {
        SelfSigned certificate = SelfSigned.make();
        int port = listen(certificate);

        assertThatThrownBy(() -> ask(new Reach(false, true), "https://localhost:" + port))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not answer");

        await().until(() -> brokenHandshakes.get() == 1);
        assertThat(requests).hasValue(0);
        TestFolders.delete(certificate.folder());
    }

    @Test
    void doesNotKnockWhereANameLeadsInside() {
        int port = vertx.createNetServer()
                .connectHandler(_ -> connections.incrementAndGet())
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();

        assertThatThrownBy(() -> ask(new Reach(false, false), "https://localhost:" + port))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("at a public address");

        assertThat(connections).hasValue(0);
    }

    /** A name that there is not and one that leads inside look the same to whoever tries. */
    @Test
    void tellsNobodyWhichNamesThereAre() {
        String nobodys = "a".repeat(64) + ".example"; // longer than names can be: no name server has to be asked

        assertThatThrownBy(() -> ask(new Reach(false, false), "https://" + nobodys))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("at a public address");
    }

    private String ask(Reach reach, String url) {
        return new BoundedHttp(vertx, reach, CONFIG).get(url).await();
    }

    private int listen(SelfSigned certificate) {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(certificate.certificate().toString())
                                .setKeyPath(certificate.key().toString())))
                .exceptionHandler(_ -> brokenHandshakes.incrementAndGet())
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    request.response().end("{}");
                })
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }
}
