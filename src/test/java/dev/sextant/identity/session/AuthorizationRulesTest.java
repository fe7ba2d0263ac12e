package dev.sextant.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.identity.session.AuthorizationRules.BackToClient;
import dev.sextant.identity.session.AuthorizationRules.Dead;
import dev.sextant.identity.session.AuthorizationRules.Good;
import dev.sextant.identity.client.KnownClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorizationRulesTest {

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final KnownClient BOARD = new KnownClient(
            "ocl_1", "ten_acme", "Board", List.of("https://a/cb"), List.of("analytics:read", "datasets:read"), true);

    @Test
    void asksForAllThatTheClientMayWhereItSaysNothing() {
        assertThat(AuthorizationRules.judge(query("code", "https://a/cb", "", "S256"), BOARD))
                .isInstanceOfSatisfying(
                        Good.class,
                        good -> assertThat(good.request().scopes())
                                .containsExactly("analytics:read", "datasets:read"));
    }

    @Test
    void asksForWhatTheClientSays() {
        assertThat(AuthorizationRules.judge(
                        query("code", "https://a/cb", "datasets:read datasets:read", "S256"), BOARD))
                .isInstanceOfSatisfying(
                        Good.class,
                        good -> assertThat(good.request().scopes()).containsExactly("datasets:read"));
    }

    /** Before anything else: where a refusal would go must be known to be the client's. */
    @Test
    void sendsNobodyToAnAddressThatIsNotRegistered() {
        assertThat(AuthorizationRules.judge(query("token", "https://b/cb", "all", "plain"), BOARD))
                .isInstanceOf(Dead.class);
    }

    @Test
    void tellsTheClientWhatElseIsWrong() {
        assertError(query("token", "https://a/cb", "", "S256"), "unsupported_response_type");
        assertError(query("code", "https://a/cb", "", "plain"), "invalid_request");
        assertError(query("code", "https://a/cb", "keys:write", "S256"), "invalid_scope");
        assertError(query("code", "https://a/cb", " ", "S256"), "invalid_scope");
    }

    @Test
    void answersWithStateAndIssuer() {
        RedirectAnswer answer = new RedirectAnswer(query("code", "https://a/cb?x=1", "", "S256"), "https://i");

        assertThat(answer.code("c/1")).isEqualTo("https://a/cb?x=1&code=c%2F1&iss=https%3A%2F%2Fi&state=s+1");
    }

    private static void assertError(AuthorizationQuery query, String error) {
        assertThat(AuthorizationRules.judge(query, BOARD))
                .isInstanceOfSatisfying(
                        BackToClient.class, back -> assertThat(back.error()).isEqualTo(error));
    }

    private static AuthorizationQuery query(String type, String redirectUri, String scope, String method) {
        return new AuthorizationQuery(type, "ocl_1", redirectUri, scope, "s 1", CHALLENGE, method);
    }
}
