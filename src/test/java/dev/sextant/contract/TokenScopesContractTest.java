package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask a sign-in for more than the user allowed, and for less. */
@Timeout(60)
class TokenScopesContractTest {

    private static final String EMAIL = "ada@example.com";

    private static Service service;
    private static Customer acme;
    private static Relying board;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        People.create(acme, EMAIL, "admin");
        board = Relying.register(service, acme, "public", "datasets:read", "keys:read");
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void whatIsRefusedForItsScopeUsesNothingUp() {
        Map<String, String> redemption = board.redemption(code(EMAIL));

        HttpResponse<Buffer> tooMuchOfCode = withScope(redemption, "datasets:read users:write");
        HttpResponse<Buffer> first = board.token(redemption);
        Map<String, String> refreshing = refreshing(first);
        HttpResponse<Buffer> tooMuchOfToken = withScope(refreshing, "datasets:read users:write");
        HttpResponse<Buffer> second = board.token(refreshing);

        assertRefusedForScope(tooMuchOfCode);
        assertRefusedForScope(tooMuchOfToken);
        assertThat(second.bodyAsJsonObject().getString("scope")).isEqualTo("datasets:read keys:read");
    }

    @Test
    void whatTheUserMayNotDoAnyMoreIsLeftOut() {
        String path = People.USERS + "/" + People.create(acme, "less@example.com", "admin");
        HttpResponse<Buffer> first = board.redeem(code("less@example.com"));
        acme.caller().patch(path, "{\"roles\": [\"viewer\"]}");

        HttpResponse<Buffer> second = withScope(refreshing(first), "datasets:read keys:read");

        assertThat(second.bodyAsJsonObject().getString("scope")).isEqualTo("datasets:read");
    }

    private static String code(String email) {
        return board.code(new Browser(service), email, People.PASSWORD);
    }

    private static Map<String, String> refreshing(HttpResponse<Buffer> issued) {
        Map<String, String> form = board.identified("grant_type", "refresh_token");
        form.put("refresh_token", Relying.refreshToken(issued));
        return form;
    }

    private static HttpResponse<Buffer> withScope(Map<String, String> form, String scope) {
        Map<String, String> wider = new TreeMap<>(form);
        wider.put("scope", scope);
        return board.token(wider);
    }

    private static void assertRefusedForScope(HttpResponse<Buffer> refused) {
        assertProblem(refused, 400, "invalid_scope");
        assertThat(refused.bodyAsJsonObject().getString("error")).isEqualTo("invalid_scope");
    }
}
