package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule of a key can shut its holder out: who may say so is who could change the key. */
@Timeout(60)
class KeyRulesContractTest {

    private static final String SETTINGS = SecuritySettingsContractTest.SETTINGS;
    private static final String CERTIFICATE = "A".repeat(43);

    private static Service service;

    private Customer acme;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @BeforeEach
    void openAccount() {
        acme = service.newCustomer();
    }

    @Test
    void whoHasAllThatAKeyHasSetsChangesAndTakesAwayItsRule() {
        String other = newKey(List.of("keys:read")).getString("id");

        assertThat(acme.caller().put(SETTINGS, rules(bound(other))).statusCode())
                .isEqualTo(200);
        assertThat(acme.caller().put(SETTINGS, rules(pages(other))).statusCode())
                .isEqualTo(200);
        assertThat(acme.caller().put(SETTINGS, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void whoHasLessChangesNoRuleOfAMightierKey() {
        String mighty = newKey(List.of("security:write", "keys:write")).getString("id");
        Caller weak = acme.caller()
                .as(newKey(List.of("security:write", "security:read")).getString("key"));
        acme.caller().put(SETTINGS, rules(pages(mighty)));

        assertProblem(weak.put(SETTINGS, rules(bound(mighty))), 403, "insufficient_scope");
        assertProblem(weak.put(SETTINGS, rules(pages(mighty), bound(acme.keyId()))), 403, "insufficient_scope");
        assertProblem(weak.put(SETTINGS, "{}"), 403, "insufficient_scope");
        assertThat(weak.get(SETTINGS).bodyAsString()).contains("widget.example").doesNotContain(CERTIFICATE);
    }

    @Test
    void rulesThatStayAsTheyAreNeedNoRight() {
        Caller weak = acme.caller().as(newKey(List.of("security:write")).getString("key"));
        acme.caller().put(SETTINGS, rules(pages(acme.keyId())));

        HttpResponse<Buffer> response = weak.put(
                SETTINGS,
                "{\"allowed_origins\": [\"https://a.example\"], "
                        + rules(pages(acme.keyId())).substring(1));

        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'datasets': ['other']}", "{'address_ranges': ['127.0.0.1/32', '::1/128']}"})
    void whoIsLimitedChangesNoRuleButItsOwn(String limit) {
        JsonObject wish = new JsonObject(limit.replace('\'', '"'))
                .put("name", "of a test")
                .put("scopes", new JsonArray(List.of("security:write", "keys:read")));
        JsonObject limited =
                acme.caller().post("/api/v2/api-keys", wish.encode()).bodyAsJsonObject();
        JsonObject alike = acme.caller().post("/api/v2/api-keys", wish.encode()).bodyAsJsonObject();
        Caller caller = acme.caller().as(limited.getString("key"));

        assertProblem(caller.put(SETTINGS, rules(bound(acme.keyId()))), 403, "policy_denied");
        assertProblem(caller.put(SETTINGS, rules(pages(alike.getString("id")))), 403, "policy_denied");
        assertThat(caller.put(SETTINGS, rules(pages(limited.getString("id")))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesKeysThatTheTenantHasNot() {
        Customer bolt = service.newCustomer();

        HttpResponse<Buffer> response =
                acme.caller().put(SETTINGS, rules(pages(acme.keyId()), bound(bolt.keyId()), bound("key_none")));

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response))
                .containsExactly("/key_rules/1/key_id not_allowed", "/key_rules/2/key_id not_allowed");
    }

    @Test
    void refusesTwoRulesForOneKey() {
        String other = newKey(List.of("keys:read")).getString("id");

        HttpResponse<Buffer> response = acme.caller().put(SETTINGS, rules(bound(other), pages(other)));

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).containsExactly("/key_rules/1/key_id not_allowed");
    }

    private JsonObject newKey(List<String> scopes) {
        return Service.newKey(acme.caller(), acme.tenant(), scopes);
    }

    private static JsonObject bound(String key) {
        return new JsonObject().put("key_id", key).put("certificate_sha256", CERTIFICATE);
    }

    private static JsonObject pages(String key) {
        return new JsonObject()
                .put("key_id", key)
                .put("allowed_origins", new JsonArray().add("https://widget.example"));
    }

    private static String rules(JsonObject... rules) {
        return "{\"key_rules\": [%s]}"
                .formatted(Stream.of(rules).map(JsonObject::encode).collect(Collectors.joining(", ")));
    }
}
