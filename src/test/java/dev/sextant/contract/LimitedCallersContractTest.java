package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Keys that have every scope, and a limit: no way leads out of it, by whomever they could make or become. */
@Timeout(60)
class LimitedCallersContractTest {

    private static final String KEYS = "/api/v2/api-keys";

    private static Service service;
    private static Customer acme;
    private static List<RightsWay> ways;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        ways = RightsWay.all(service, acme);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> noWayLeadsOutOfSomeDatasets() {
        return allRefused(made(wish().put("datasets", JsonArray.of("sales"))));
    }

    @TestFactory
    Stream<DynamicTest> noWayLeadsOutOfSomeAddresses() {
        return allRefused(made(wish().put("address_ranges", JsonArray.of("127.0.0.0/8"))));
    }

    @TestFactory
    Stream<DynamicTest> norByATokenOfTheKey() {
        JsonObject key = made(wish().put("address_ranges", JsonArray.of("127.0.0.0/8")));
        return allRefused(new JsonObject().put("key", Tokens.of(service, key.getString("id"), key.getString("key"))));
    }

    private static Stream<DynamicTest> allRefused(JsonObject key) {
        Caller limited = acme.caller().as(key.getString("key"));
        return ways.stream()
                .map(way -> DynamicTest.dynamicTest(
                        way.toString(), () -> assertProblem(way.send(limited), 403, "policy_denied")));
    }

    @Test
    void aKeyMakesEndsAndIsEndedWithinItsLimits() {
        JsonObject limit =
                wish().put("datasets", JsonArray.of("sales")).put("address_ranges", JsonArray.of("127.0.0.1"));
        JsonObject key = made(limit);
        Caller limited = acme.caller().as(key.getString("key"));

        HttpResponse<Buffer> child = limited.post(KEYS, limit.encode());

        assertThat(child.statusCode()).as(child.bodyAsString()).isEqualTo(201);
        String path = KEYS + "/" + child.bodyAsJsonObject().getString("id");
        assertThat(limited.patch(path, "{\"name\": \"b\"}").statusCode()).isEqualTo(200);
        assertThat(limited.delete(path).statusCode()).isEqualTo(204);
        assertThat(limited.delete(KEYS + "/" + key.getString("id")).statusCode())
                .isEqualTo(204);
    }

    @Test
    void aKeyThatEndsMakesAndChangesNoneThatEndsLater() {
        Instant end = service.clock().instant().plus(Duration.ofMinutes(5));
        JsonObject key = made(wish().put("expires_at", end.toString()));
        String free = KEYS + "/"
                + Service.newKey(acme.caller(), acme.tenant(), List.of("analytics:read"))
                        .getString("id");
        Caller ending = acme.caller().as(key.getString("key"));
        String own = KEYS + "/" + key.getString("id");
        String later = "{\"expires_at\": \"%s\"}".formatted(end.plusSeconds(1));

        assertProblem(ending.post(KEYS, wish().encode()), 403, "policy_denied");
        assertProblem(ending.patch(own, "{\"expires_at\": null}"), 403, "policy_denied");
        assertProblem(ending.patch(own, later), 403, "policy_denied");
        assertProblem(ending.patch(free, "{\"name\": \"mine\"}"), 403, "policy_denied");
        assertProblem(ending.post(free + "/rotate", "{\"overlap\": \"1h\"}"), 403, "policy_denied");
        assertThat(ending.post(KEYS, wish().put("expires_at", end.toString()).encode())
                        .statusCode())
                .isEqualTo(201);
        assertThat(ending.patch(own, "{\"name\": \"b\"}").statusCode()).isEqualTo(200);
        assertThat(ending.delete(free).statusCode()).isEqualTo(204);
    }

    @Test
    void aKeyWithRolesMakesNoneWithout() {
        JsonObject key = made(wish().put("roles", JsonArray.of("owner")));
        Caller owner = acme.caller().as(key.getString("key"));

        assertProblem(owner.post(KEYS, wish().encode()), 403, "policy_denied");
        assertProblem(
                owner.post(KEYS, wish().put("roles", JsonArray.of("admin")).encode()), 403, "policy_denied");
        assertThat(owner.post(KEYS, wish().put("roles", JsonArray.of("owner")).encode())
                        .statusCode())
                .isEqualTo(201);
    }

    private static JsonObject wish() {
        return new JsonObject().put("name", "limited").put("scopes", new JsonArray(Service.CUSTOMER_SCOPES));
    }

    private static JsonObject made(JsonObject wish) {
        HttpResponse<Buffer> made = acme.caller().post(KEYS, wish.encode());
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        return made.bodyAsJsonObject();
    }
}
