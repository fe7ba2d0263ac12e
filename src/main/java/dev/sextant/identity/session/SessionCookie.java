package dev.sextant.identity.session;

import io.netty.handler.codec.http.cookie.Cookie;
import java.util.List;
import dev.sextant.identity.secret.OpaqueSecret;
import java.util.Optional;
import dev.sextant.http.Params;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.stream.Stream;
import dev.sextant.kernel.TenantId;

/**
 * The cookie by which we know a browser. A visitor's is kept nowhere, and means nothing but that two requests come from the
 * same browser; at sign-in it is replaced by one that nobody has seen before.
 *
 * @param secret of the kind {@code vis} for visitors, {@code ses} for those who signed in
 */
record SessionCookie(OpaqueSecret secret) {

    static final String VISITOR = "vis";
    static final String SESSION = "ses";

    private static final String NAME = "sextant_session";

    boolean isSession() {
        return secret.kind().equals(SESSION);
    }

    /** That of a browser at this tenant; empty where it has none. */
    static Optional<SessionCookie> of(Params params, TenantId tenant, boolean isSecure) {
        List<String> lines = params.nameToValue().containsKey("cookie") ? params.texts("cookie") : List.of();
        return lines.stream()
                .flatMap(line -> ServerCookieDecoder.LAX.decode(line).stream())
                .filter(cookie -> cookie.name().equals(name(isSecure)))
                .map(Cookie::value)
                .flatMap(value -> Stream.of(VISITOR, SESSION)
                        .flatMap(kind -> OpaqueSecret.parse(kind, value).stream()))
                .filter(secret -> secret.tenant().equals(tenant))
                .map(SessionCookie::new)
                .findFirst();
    }

    /** By its prefix, browsers take it from this very host and by HTTPS only. */
    private static String name(boolean isSecure) {
        return isSecure ? "__Host-" + NAME : NAME;
    }

    /** The header that gives it to the browser, until that is closed. */
    String header(boolean isSecure) {
        return header(secret.value(), isSecure);
    }

    /** The header that takes it away. */
    static String gone(boolean isSecure) {
        return header("", isSecure) + "; Max-Age=0";
    }

    private static String header(String value, boolean isSecure) {
        return "%s=%s; Path=/; HttpOnly; SameSite=Lax%s".formatted(name(isSecure), value, isSecure ? "; Secure" : "");
    }
}
