package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant says of origins, signatures and encryption. */
@Timeout(60)
@Covers({"getSecuritySettings", "replaceSecuritySettings"})
class SecuritySettingsContractTest {

    static final String SETTINGS = "/api/v2/security-settings";

    /** Of 8 bits, in 256 bytes. */
    private static final String SHORT_NUMBER =
            Base64.getUrlEncoder().withoutPadding().encodeToString(shortNumber());

    private static Service service;
    private static Customer acme;
    private static Customer bolt;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        bolt = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void whoNeverSaidHasTheDefaults() {
        HttpResponse<Buffer> response = service.newCustomer().caller().get(SETTINGS);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("etag")).isEqualTo("\"0\"");
        assertThat(response.bodyAsJsonObject()).isEqualTo(new JsonObject("""
                {"allowed_origins": [], "key_rules": [],
                 "signatures": {"responses": "on_request", "requests": "optional", "keys": []},
                 "encryption": {"requests": "optional", "key": null}, "version": 0, "updated_at": null}"""));
    }

    @Test
    void keepsWhatIsSaidAndForgetsWhatIsNotSaidAgain() {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> first = put(customer, "{\"allowed_origins\": [\"https://app.acme.com\"]}", "");
        HttpResponse<Buffer> second = put(customer, "{\"signatures\": %s}".formatted("""
                {"responses": "always", "requests": "optional", "keys": []}"""), "\"1\"");

        assertThat(first.statusCode()).as(first.bodyAsString()).isEqualTo(200);
        assertThat(first.bodyAsJsonObject().getInteger("version")).isEqualTo(1);
        assertThat(second.getHeader("etag")).isEqualTo("\"2\"");
        JsonObject kept = customer.caller().get(SETTINGS).bodyAsJsonObject();
        assertThat(kept).isEqualTo(second.bodyAsJsonObject());
        assertThat(kept.getJsonArray("allowed_origins")).isEmpty();
        assertThat(kept.getJsonObject("signatures").getString("responses")).isEqualTo("always");
    }

    @Test
    void refusesAChangeOfWhatChangedMeanwhile() {
        Customer customer = service.newCustomer();
        put(customer, "{}", "");

        assertProblem(put(customer, "{}", "\"0\""), 412, "precondition_failed");
        assertThat(put(customer, "{}", "\"1\"").statusCode()).isEqualTo(200);
        assertThat(put(customer, "{}", "*").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "http://app.acme.com",
                "https://app.acme.com/path",
                "https://*.acme.com",
                "https://APP.acme.com",
                "app.acme.com",
                "https://",
                "https://app.acme.com:99999",
                "https://app.acme.com:0",
                "https://app..acme.com",
                "http://localhost.acme.com",
                "http://127.0.0.1.acme.com"
            })
    void refusesWhatIsNoOrigin(String origin) {
        HttpResponse<Buffer> response = put(acme, "{\"allowed_origins\": [\"%s\"]}".formatted(origin), "");

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).containsExactly("/allowed_origins/0 wrong_format");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "private | {'kty':'OKP','crv':'Ed25519','kid':'a','x':'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs','d':'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU'}",
                "no kid | {'kty':'OKP','crv':'Ed25519','x':'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs'}",
                "no point | {'kty':'EC','crv':'P-256','kid':'a','x':'AAAA','y':'AAAA'}",
                "another curve | {'kty':'OKP','crv':'X25519','kid':'a','x':'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs'}",
                "weak | {'kty':'RSA','kid':'a','e':'AQAB','n':'sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri23bOdgWp4Dy1WlUzewbgBHod5pcM9H95GQRV3JDXboIRROSBigeC5yjU1hGzHHyXss8UDprecbAYxknTcQkhslANGRUZmdTOQ5qTRsLAt6BTYuyvVRdhS8exSZEy'}",
                "nothing | {'kty':'EC'}",
                "three bytes | {'kty':'OKP','crv':'Ed25519','kid':'a','x':'AQID'}",
                "no point of Ed25519 | {'kty':'OKP','crv':'Ed25519','kid':'a','x':'AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}",
                "a point beside the curve | {'kty':'EC','crv':'P-256','kid':'a','x':'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4','y':'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4'}",
                "a short number in many bytes | {'kty':'RSA','kid':'a','e':'AQAB','n':'%s'}"
            })
    void refusesKeysThatCannotBeUsed(String name, String key) {
        HttpResponse<Buffer> response =
                put(acme, """
                {"signatures": {"responses": "on_request", "requests": "optional", "keys": [%s]}}""".formatted(key.replace('\'', '"').replace("%s", SHORT_NUMBER)), "");

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).containsExactly("/signatures/keys/0 invalid_key");
        assertThat(response.bodyAsString()).doesNotContain("n4Ni");
    }

    /** Else no request could be signed, not even one that takes it back. */
    @Test
    void refusesToRequireSignaturesWhereThereIsNoKey() {
        HttpResponse<Buffer> response = put(acme, """
                {"signatures": {"responses": "on_request", "requests": "required", "keys": []}}""", "");

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).containsExactly("/signatures/keys missing_field");
        assertThat(acme.caller().get(SETTINGS).statusCode()).isEqualTo(200);
    }

    private static byte[] shortNumber() {
        byte[] bytes = new byte[256];
        bytes[255] = (byte) 0xFB;
        return bytes;
    }

    @Test
    void refusesAKeyForEncryptionThatIsPrivate() {
        HttpResponse<Buffer> response = put(acme, """
                {"encryption": {"requests": "optional", "key": {"kty": "EC", "crv": "P-256",
                  "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
                  "d": "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}}}""", "");

        assertThat(errors(response)).containsExactly("/encryption/key invalid_key");
    }

    @Test
    void anotherTenantSeesAndChangesNothing() {
        put(acme, "{\"allowed_origins\": [\"https://secret.acme.com\"]}", "");

        assertProblem(bolt.caller().get(SETTINGS + "?tenant_id=" + acme.tenant()), 403, "tenant_mismatch");
        assertThat(bolt.caller().get(SETTINGS).bodyAsString()).doesNotContain("secret.acme.com");
        put(bolt, "{\"allowed_origins\": []}", "");
        assertThat(acme.caller().get(SETTINGS).bodyAsString()).contains("secret.acme.com");
    }

    @Test
    void needsItsScopes() {
        JsonObject reader = Service.newKey(acme.caller(), acme.tenant(), List.of("security:read"));
        Customer weak = new Customer(
                acme.tenant(),
                reader.getString("id"),
                reader.getString("key"),
                service.platform().as(reader.getString("key")));

        assertThat(weak.caller().get(SETTINGS).statusCode()).isEqualTo(200);
        assertProblem(put(weak, "{}", ""), 403, "insufficient_scope");
    }

    static HttpResponse<Buffer> put(Customer customer, String settings, String ifMatch) {
        HttpRequest<Buffer> request = customer.caller().json(HttpMethod.PUT, SETTINGS);
        if (!ifMatch.isEmpty()) {
            request.putHeader("if-match", ifMatch);
        }
        return customer.caller().send(request, Buffer.buffer(settings));
    }
}
