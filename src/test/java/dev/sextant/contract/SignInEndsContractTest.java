package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static dev.sextant.contract.Problems.assertProblem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import io.vertx.core.buffer.Buffer;
import dev.sextant.bus.Bus;
import java.util.function.Consumer;
import java.time.Duration;
import org.junit.jupiter.api.DynamicTest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What ends a user, a role or a client ends what came of it, within a second. */
@Timeout(60)
class SignInEndsContractTest {

    private static final String EMAIL = "ada@example.com";
    private static final String DATASETS = Sales.DATASETS;

    private static Service service;
    private static Customer acme;
    private static Relying board;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        People.create(acme, EMAIL, "viewer");
        board = Relying.register(service, acme, "public", "analytics:read", "datasets:read");
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    /** Suspended, given another password, deleted: each signs out everywhere, within a second. */
    @TestFactory
    Stream<DynamicTest> whatEndsAUserEndsAllThatTheyLetOthersDo() {
        Map<String, Consumer<String>> nameToEnd = Map.of(
                "suspended", path -> acme.caller().patch(path, "{\"status\": \"suspended\"}"),
                "another password", path -> acme.caller().patch(path, "{\"password\": \"a brand new password\"}"),
                "deleted", path -> acme.caller().delete(path));
        return nameToEnd.entrySet().stream()
                .map(end -> DynamicTest.dynamicTest(end.getKey(), () -> assertEnds(end.getKey(), end.getValue())));
    }

    private static void assertEnds(String name, Consumer<String> end) {
        String email = name.replace(" ", "") + "@example.com";
        String path = People.USERS + "/" + People.create(acme, email, "viewer");
        Browser browser = new Browser(service);
        HttpResponse<Buffer> issued = board.redeem(board.code(browser, email, People.PASSWORD));
        Caller holder = service.platform().as(Relying.access(issued));
        assertThat(holder.get(DATASETS).statusCode()).isEqualTo(200);

        end.accept(path);

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(holder.get(DATASETS), 401, "token_revoked"));
        assertProblem(board.refresh(Relying.refreshToken(issued)), 400, "invalid_grant");
        assertThat(browser.get(board.address()).bodyAsString()).contains("Sign in to");
    }

    /** A role that is taken away is gone from tokens that were issued before. */
    @Test
    void aTokenMayNoMoreThanItsUserMayNow() {
        String path = People.USERS + "/" + People.create(acme, "less@example.com", "admin");
        Relying writer = Relying.register(service, acme, "public", "keys:read", "datasets:read");
        HttpResponse<Buffer> issued =
                writer.redeem(writer.code(new Browser(service), "less@example.com", People.PASSWORD));
        Caller holder = service.platform().as(Relying.access(issued));
        assertThat(holder.get("/api/v2/api-keys").statusCode()).isEqualTo(200);

        acme.caller().patch(path, "{\"roles\": [\"viewer\"]}");

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(holder.get("/api/v2/api-keys"), 403, "insufficient_scope"));
    }

    @Test
    void aClientThatIsDeletedTakesItsSignInsWithIt() {
        Relying client = Relying.register(service, acme, "public", "datasets:read");
        HttpResponse<Buffer> issued = client.redeem(client.code(new Browser(service), EMAIL, People.PASSWORD));
        Caller holder = service.platform().as(Relying.access(issued));
        assertThat(holder.get(DATASETS).statusCode()).isEqualTo(200);

        acme.caller().delete("/api/v2/oauth/clients/" + client.clientId());

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(holder.get(DATASETS), 401, "token_revoked"));
        assertProblem(client.refresh(Relying.refreshToken(issued)), 401, "invalid_client");
    }
}
