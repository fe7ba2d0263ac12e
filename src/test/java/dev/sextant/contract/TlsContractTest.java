package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sextant.SelfSigned;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.ServerInTests;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which TLS is spoken, with whom, and under which certificate. */
@Timeout(60)
class TlsContractTest {

    private static final String KEYS = "/api/v2/api-keys";

    private static final SelfSigned SERVER = SelfSigned.make();
    private static final SelfSigned CLIENT = SelfSigned.make();

    /** Of the usual service alone: a test changes it. */
    private static final SelfSigned RENEWED = SelfSigned.make();

    /** As it is by default; tests that need another way go on with another one. */
    private static Service usual;

    private final List<Service> others = new ArrayList<>();
    private Service service;

    @BeforeAll
    static void startService() {
        usual = started(RENEWED, Map.of());
    }

    @AfterAll
    static void stopService() {
        usual.close();
        SERVER.delete();
        CLIENT.delete();
        RENEWED.delete();
    }

    @BeforeEach
    void beginWithTheUsual() {
        service = usual;
    }

    @AfterEach
    void stopOthers() {
        others.forEach(Service::close);
    }

    private static Service started(SelfSigned server, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "edge.tls.certificate", server.certificate().toString(),
                "edge.tls.key", server.key().toString(),
                "edge.tls.reload_every", "100ms"));
        all.putAll(settings);
        return new Service(Bus.Wire.WHERE_NEEDED, TestServers.freshPostgres(), ServerInTests.config(all));
    }

    private void goOnWith(Map<String, String> settings) {
        service = started(SERVER, settings);
        others.add(service);
    }

    @Test
    void speaksTls13AndPromisesIt() {
        HttpClientResponse response = get(options("TLSv1.3"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("strict-transport-security")).isEqualTo("max-age=31536000; includeSubDomains");
    }

    @Test
    void speaksTls12OnlyWhereItIsAllowed() {
        assertThatThrownBy(() -> get(options("TLSv1.2"))).isNotNull();

        goOnWith(Map.of("edge.tls.also_tls12", "true"));

        assertThat(get(options("TLSv1.2")).statusCode()).isEqualTo(200);
        assertThat(get(options("TLSv1.3")).statusCode()).isEqualTo(200);
    }

    @Test
    void asksForACertificateWhereItIsToldTo() {
        goOnWith(Map.of(
                "edge.tls.client_ca", CLIENT.certificate().toString(), "edge.tls.client_certificate", "required"));

        assertThatThrownBy(() -> get(options("TLSv1.3"))).isNotNull();
        assertThatThrownBy(() -> get(options("TLSv1.3").setKeyCertOptions(pem(SERVER))))
                .isNotNull();
        assertThat(get(options("TLSv1.3").setKeyCertOptions(pem(CLIENT))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aKeyWorksWithItsCertificateOnly() {
        goOnWith(Map.of(
                "edge.tls.client_ca", CLIENT.certificate().toString(), "edge.tls.client_certificate", "requested"));
        Caller platform = service.secure();
        Customer customer = service.newCustomer(platform);
        JsonObject bound = Service.newKey(customer.caller(), customer.tenant(), List.of("keys:read"));
        customer.caller()
                .send(
                        customer.caller().json(HttpMethod.PUT, SecuritySettingsContractTest.SETTINGS),
                        Buffer.buffer("{\"key_rules\": [{\"key_id\": \"%s\", \"certificate_sha256\": \"%s\"}]}"
                                .formatted(bound.getString("id"), CLIENT.thumbprint())));

        await().untilAsserted(() -> assertThat(
                        get(options("TLSv1.3"), KEYS, bound.getString("key")).statusCode())
                .isEqualTo(403));
        assertThat(get(options("TLSv1.3").setKeyCertOptions(pem(CLIENT)), KEYS, bound.getString("key"))
                        .statusCode())
                .isEqualTo(200);
    }

    /** And stays with it where the next one is none. */
    @Test
    void usesANewCertificateWithoutARestart() throws IOException {
        X509Certificate before = certificate();

        Files.copy(CLIENT.certificate(), RENEWED.certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(CLIENT.key(), RENEWED.key(), StandardCopyOption.REPLACE_EXISTING);

        await().untilAsserted(() -> assertThat(certificate()).isNotEqualTo(before));
        X509Certificate after = certificate();

        Files.writeString(RENEWED.certificate(), "no certificate");

        await().during(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(certificate()).isEqualTo(after));
    }

    private X509Certificate certificate() {
        HttpClient http = service.vertx().createHttpClient(options("TLSv1.3"));
        return http.request(HttpMethod.GET, service.platform().port(), "127.0.0.1", "/health/live")
                .compose(request -> request.send().map(_ -> certificate(request)))
                .eventually(http::close)
                .await();
    }

    private static X509Certificate certificate(HttpClientRequest request) {
        try {
            return (X509Certificate) request.connection().sslSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpClientOptions options(String version) {
        return new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setEnabledSecureTransportProtocols(Set.of(version));
    }

    private static PemKeyCertOptions pem(SelfSigned certificate) {
        return new PemKeyCertOptions()
                .setCertPath(certificate.certificate().toString())
                .setKeyPath(certificate.key().toString());
    }

    private HttpClientResponse get(HttpClientOptions options) {
        return get(options, "/health/live", "");
    }

    private HttpClientResponse get(HttpClientOptions options, String path, String key) {
        HttpClient http = service.vertx().createHttpClient(options);
        return http.request(HttpMethod.GET, service.platform().port(), "127.0.0.1", path)
                .compose(request -> request.putHeader("authorization", "Bearer " + key)
                        .send()
                        .compose(response -> response.body().map(response)))
                .eventually(http::close)
                .await();
    }
}
