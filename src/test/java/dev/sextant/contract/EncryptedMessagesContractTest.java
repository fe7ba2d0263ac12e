package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that only the tenant and we can read, in both directions. */
@Timeout(60)
class EncryptedMessagesContractTest {

    private static final String KEYS = "/api/v2/api-keys";
    private static final String JOSE = "application/jose";
    private static final String NEW_KEY = "{\"name\": \"sealed\", \"scopes\": [\"keys:read\"]}";

    private static Service service;

    /** Encrypts, with an EC key. */
    private static Customer acme;

    private static ECKey acmesKey;

    /** Takes encrypted bodies only; with an RSA key. */
    private static Customer bolt;

    private static RSAKey boltsKey;

    @BeforeAll
    static void startService() throws Exception {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        bolt = service.newCustomer();
        acmesKey = new ECKeyGenerator(Curve.P_256).keyID("acme-enc").generate();
        boltsKey = new RSAKeyGenerator(2048).keyID("bolt-enc").generate();
        settle(acme, "optional", acmesKey.toPublicJWK().toJSONString());
        settle(bolt, "required", boltsKey.toPublicJWK().toJSONString());
        await().until(() -> get(acme, JOSE).statusCode() == 200);
        await().untilAsserted(() -> assertProblem(bolt.caller().post(KEYS, NEW_KEY), 403, "policy_denied"));
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    private static void settle(Customer customer, String requests, String key) {
        HttpResponse<Buffer> response = SecuritySettingsContractTest.put(
                customer, "{\"encryption\": {\"requests\": \"%s\", \"key\": %s}}".formatted(requests, key), "");
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
    }

    @Test
    void saysThatAKeyIsMissingWhereNothingCanBeEncrypted() {
        Customer plain = service.newCustomer();
        HttpRequest<Buffer> get =
                plain.caller().request(HttpMethod.GET, "/api/v2/api-keys").putHeader("accept", "application/jose");

        HttpResponse<Buffer> response = plain.caller().send(get, Buffer.buffer());

        assertProblem(response, 406, "not_acceptable");
        assertThat(response.bodyAsJsonObject().getString("detail")).contains("registered a key", "security-settings");
    }

    @Test
    void answersForTheTenantAlone() throws Exception {
        HttpResponse<Buffer> response = get(acme, JOSE);

        assertThat(response.getHeader("content-type")).isEqualTo(JOSE);
        JWEObject sealed = JWEObject.parse(response.bodyAsString());
        assertThat(sealed.getHeader().getContentType()).isEqualTo("application/json");
        assertThat(sealed.getHeader().getKeyID()).isEqualTo("acme-enc");
        assertThat(sealed.getHeader().getAlgorithm()).isEqualTo(JWEAlgorithm.ECDH_ES_A256KW);
        sealed.decrypt(new ECDHDecrypter(acmesKey));
        assertThat(new JsonObject(sealed.getPayload().toString()).getJsonArray("data"))
                .isNotEmpty();
        assertThat(get(acme, "application/json").bodyAsJsonObject().getJsonArray("data"))
                .isNotEmpty();
    }

    @Test
    void answersForAnRsaKeyToo() throws Exception {
        JWEObject sealed = JWEObject.parse(
                get(bolt, "application/json;q=0.5, application/jose").bodyAsString());

        assertThat(sealed.getHeader().getAlgorithm()).isEqualTo(JWEAlgorithm.RSA_OAEP_256);
        sealed.decrypt(new RSADecrypter(boltsKey));
        assertThat(new JsonObject(sealed.getPayload().toString()).getJsonArray("data"))
                .isNotEmpty();
    }

    @Test
    void takesABodyThatIsForUs() throws Exception {
        HttpResponse<Buffer> made = post(acme, seal(header().build(), NEW_KEY));
        HttpResponse<Buffer> madeToo =
                post(bolt, seal(header().contentType("json").build(), NEW_KEY));

        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        assertThat(made.bodyAsJsonObject().getString("name")).isEqualTo("sealed");
        assertThat(madeToo.statusCode()).isEqualTo(201);
    }

    @Test
    void takesEventsThatAreForUs() throws Exception {
        Sales.create(acme, "sales");
        HttpRequest<Buffer> request =
                acme.caller().request(HttpMethod.POST, Sales.EVENTS_PATH).putHeader("content-type", JOSE);

        HttpResponse<Buffer> response = request.sendBuffer(Buffer.buffer(seal(
                        header().contentType("application/x-ndjson").build(),
                        "{\"country\": \"DE\"}\n{\"country\": \"FR\"}\n")))
                .await();

        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(202);
        assertThat(response.bodyAsJsonObject().getInteger("accepted")).isEqualTo(2);
    }

    @Test
    void checksWhatIsInsideAsItWouldOutside() throws Exception {
        assertProblem(post(acme, seal(header().build(), "{\"name\": 1}")), 422, "invalid_request");
        assertProblem(post(acme, seal(header().build(), "{")), 400, "malformed");
        assertProblem(post(acme, seal(header().contentType("text/plain").build(), "x")), 415, "unsupported_media_type");
    }

    @Test
    void takesPlainBodiesOnlyWhereItMay() {
        assertThat(acme.caller().post(KEYS, NEW_KEY).statusCode()).isEqualTo(201);
        assertProblem(bolt.caller().post(KEYS, NEW_KEY), 403, "policy_denied");
        assertThat(bolt.caller().get(KEYS).statusCode()).as("there is no body").isEqualTo(200);
    }

    @Test
    void refusesWhatDoesNotOpen() throws Exception {
        String good = seal(header().build(), NEW_KEY);
        String[] parts = good.split("\\.", -1);
        ECKey stranger =
                new ECKeyGenerator(Curve.P_256).keyID(ours().getKeyID()).generate();
        JWEObject forAnother = new JWEObject(header().build(), new Payload(NEW_KEY));
        forAnother.encrypt(new ECDHEncrypter(stranger));
        JWEObject direct = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                        .keyID(ours().getKeyID())
                        .contentType("json")
                        .build(),
                new Payload(NEW_KEY));
        direct.encrypt(new DirectEncrypter(new byte[32]));
        for (String bad : new String[] {
            "",
            "nonsense",
            "a.b.c.d.e",
            parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[3] + ".AAAAAAAAAAAAAAAAAAAAAA",
            parts[0] + "." + parts[1] + "." + parts[2] + ".AAAA" + parts[3].substring(4) + "." + parts[4],
            forAnother.serialize(),
            direct.serialize(),
            seal(header().keyID("enc_none").build(), NEW_KEY),
            seal(header().contentType(null).build(), NEW_KEY),
            seal(header().compressionAlgorithm(CompressionAlgorithm.DEF).build(), NEW_KEY)
        }) {
            assertProblem(post(acme, bad), 400, "malformed");
        }
    }

    @Test
    void whoNeverSaidKnowsNoSuchType() throws Exception {
        Customer plain = service.newCustomer();

        assertProblem(post(plain, seal(header().build(), NEW_KEY)), 415, "unsupported_media_type");
        assertProblem(get(plain, JOSE), 406, "not_acceptable");
    }

    private static JWEHeader.Builder header() throws Exception {
        return new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM)
                .keyID(ours().getKeyID())
                .contentType("application/json");
    }

    private static String seal(JWEHeader header, String body) throws Exception {
        JWEObject sealed = new JWEObject(header, new Payload(body));
        sealed.encrypt(new ECDHEncrypter(ours()));
        return sealed.serialize();
    }

    /** What we publish for this. */
    private static ECKey ours() throws Exception {
        @Nullable ECKey found = null;
        for (Object key : service.anonymous()
                .get("/.well-known/jwks.json")
                .bodyAsJsonObject()
                .getJsonArray("keys")) {
            if ("enc".equals(((JsonObject) key).getString("use"))) {
                found = ECKey.parse(key.toString());
            }
        }
        return Objects.requireNonNull(found);
    }

    /** Past the check of the contract, which does not list what tenants agree on besides. */
    private static HttpResponse<Buffer> post(Customer customer, String sealed) {
        return customer.caller()
                .request(HttpMethod.POST, KEYS)
                .putHeader("content-type", JOSE)
                .sendBuffer(Buffer.buffer(sealed))
                .await();
    }

    private static HttpResponse<Buffer> get(Customer customer, String accept) {
        return customer.caller()
                .request(HttpMethod.GET, KEYS)
                .putHeader("accept", accept)
                .send()
                .await();
    }
}
