package dev.sextant.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import dev.sextant.identity.secret.OpaqueSecret;
import java.util.Optional;
import dev.sextant.http.Params;
import dev.sextant.kernel.Secret;
import java.security.SecureRandom;
import dev.sextant.kernel.TenantId;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

    private static final TenantId ACME = new TenantId("ten_acme");
    private static final SessionCookie SESSION =
            new SessionCookie(OpaqueSecret.make(SessionCookie.SESSION, ACME, new SecureRandom()));
    private static final String VALUE = SESSION.secret().value();

    @Test
    void isOutOfReachOfScriptsAndOfOtherSites() {
        assertThat(SESSION.header(false))
                .isEqualTo("sextant_session=" + VALUE + "; Path=/; HttpOnly; SameSite=Lax");
        assertThat(SESSION.header(true))
                .isEqualTo("__Host-sextant_session=" + VALUE + "; Path=/; HttpOnly; SameSite=Lax; Secure");
    }

    @Test
    void isFoundAmongOthersAndInPieces() {
        assertThat(found(List.of("a=b; sextant_session=" + VALUE + "; c=d"), false)).contains(SESSION);
        assertThat(found(List.of("a=b", "sextant_session=" + VALUE), false)).contains(SESSION);
        assertThat(found(List.of("=;;,\"", "sextant_session=" + VALUE), false)).contains(SESSION);
    }

    /** By HTTPS, a cookie that plain HTTP planted is none. */
    @Test
    void isNoneUnderAnotherNameOrOfAnotherTenant() {
        assertThat(found(List.of("sextant_session=" + VALUE), true)).isEmpty();
        assertThat(found(List.of("__Host-sextant_session=" + VALUE), true)).contains(SESSION);
        assertThat(SessionCookie.of(params(List.of("sextant_session=" + VALUE)), new TenantId("ten_bolt"), false))
                .isEmpty();
        assertThat(found(List.of("sextant_session=ort" + VALUE.substring(3)), false)).isEmpty();
        assertThat(found(List.of(), false)).isEmpty();
    }

    @Test
    void bindsAFormToABrowserAndAnInstallation() {
        CsrfTokens tokens = new CsrfTokens(new Secret("one"));
        SessionCookie other = new SessionCookie(OpaqueSecret.make(SessionCookie.SESSION, ACME, new SecureRandom()));

        assertThat(tokens.isRight(SESSION, tokens.of(SESSION))).isTrue();
        assertThat(tokens.isRight(SESSION, tokens.of(other))).isFalse();
        assertThat(tokens.isRight(SESSION, new CsrfTokens(new Secret("two")).of(SESSION))).isFalse();
        assertThat(tokens.isRight(SESSION, "")).isFalse();
    }

    private static Optional<SessionCookie> found(List<String> lines, boolean isSecure) {
        return SessionCookie.of(params(lines), ACME, isSecure);
    }

    private static Params params(List<String> lines) {
        return new Params(lines.isEmpty() ? Map.of() : Map.of("cookie", lines));
    }
}
