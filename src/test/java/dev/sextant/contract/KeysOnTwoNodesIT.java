package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.Configs;
import dev.sextant.launch.SextantConfig;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes over one PostgreSQL, with nothing between them but that: what one does to a key, the other goes by. */
@Timeout(60)
class KeysOnTwoNodesIT {

    private static final String KEYS = "/api/v2/api-keys";

    private static Service one;
    private static Service two;
    private static Customer acme;

    @BeforeAll
    static void startBoth() {
        PostgresConfig database = TestServers.freshPostgres();
        Secret platformKey = IdentitySecrets.makePlatformKey();
        SextantConfig config = Configs.with(Map.of("identity.tokens.issuer", "https://sextant.example.com"));
        one = new Service(Bus.Wire.WHERE_NEEDED, database, config, platformKey);
        two = new Service(Bus.Wire.WHERE_NEEDED, database, config, platformKey);
        acme = one.newCustomer();
    }

    @AfterAll
    static void stopBoth() {
        two.close();
        one.close();
    }

    @Test
    void anOverlapEndsAtTheVeryMomentOnBoth() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        both(key).forEach(answer -> assertThat(answer.statusCode()).isEqualTo(200));

        JsonObject rotated = acme.caller()
                .post(path(key) + "/rotate", "{\"overlap\": \"2h\"}")
                .bodyAsJsonObject();
        Instant end = Instant.parse(rotated.getString("previous_ends_at"));
        both(key).forEach(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        both(rotated).forEach(answer -> assertThat(answer.statusCode()).isEqualTo(200));

        // The clocks run on while the test does: a minute before is before, and at the end it is over.
        one.clock().advance(Duration.between(one.clock().instant(), end.minusSeconds(60)));
        two.clock().advance(Duration.between(two.clock().instant(), end.minusSeconds(60)));
        both(key).forEach(answer -> assertThat(answer.statusCode()).isEqualTo(200));

        one.clock().advance(Duration.between(one.clock().instant(), end));
        assertProblem(ask(one, key), 401, "key_rotated");
        assertThat(ask(two, key).statusCode()).isEqualTo(200);
        two.clock().advance(Duration.between(two.clock().instant(), end));
        assertProblem(ask(two, key), 401, "key_rotated");
        both(rotated).forEach(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }

    @Test
    void aRevocationIsKnownOnTheOtherWithinASecond() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        Caller bearerThere = two.platform().as(Tokens.of(one, key.getString("id"), key.getString("key")));
        both(key).forEach(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(bearerThere.get(KEYS).statusCode()).isEqualTo(200);

        acme.caller().delete(path(key));

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    both(key).forEach(answer -> assertProblem(answer, 401, "key_revoked"));
                    assertProblem(bearerThere.get(KEYS), 401, "token_revoked");
                });
    }

    @Test
    void aLeakReportedThereIsKnownHereWithinASecond() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        both(key).forEach(answer -> assertThat(answer.statusCode()).isEqualTo(200));

        two.anonymous()
                .post(
                        KEYS + "/leak-report",
                        new JsonObject().put("key", key.getString("key")).encode());

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> both(key).forEach(answer -> assertProblem(answer, 401, "key_revoked")));
    }

    @Test
    void whatIsChangedHereHoldsThereWithinASecond() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read", "analytics:read"));
        both(key).forEach(answer -> assertThat(answer.statusCode()).isEqualTo(200));

        acme.caller().patch(path(key), "{\"address_ranges\": [\"192.0.2.0/24\"]}");

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> both(key).forEach(answer -> assertProblem(answer, 403, "address_not_allowed")));
    }

    /** Both rotate at once: one text is the present one, and one at most overlaps it. */
    @Test
    void rotationsAtOnceLeaveOneOverlap() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));

        List<JsonObject> rotated = Stream.of(one, two, one, two)
                .parallel()
                .map(node -> node.platform()
                        .as(acme.key())
                        .post(path(key) + "/rotate", "{\"overlap\": \"1h\"}")
                        .bodyAsJsonObject())
                .toList();

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(Stream.concat(Stream.of(key), rotated.stream())
                                .filter(text -> both(text).stream().allMatch(answer -> answer.statusCode() == 200)))
                        .hasSize(2));
    }

    private static List<HttpResponse<Buffer>> both(JsonObject key) {
        return List.of(ask(one, key), ask(two, key));
    }

    private static HttpResponse<Buffer> ask(Service node, JsonObject key) {
        return node.platform().as(key.getString("key")).get(KEYS);
    }

    private static String path(JsonObject key) {
        return KEYS + "/" + key.getString("id");
    }
}
