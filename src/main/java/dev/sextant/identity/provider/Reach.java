package dev.sextant.identity.provider;

import java.util.Optional;
import java.util.Set;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Which addresses of providers may be called: those by HTTPS, whose certificate then proves them; and, where the
 * configuration says so, those by plain HTTP on this very machine. Pure.
 */
record Reach(boolean allowsLoopback) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

    /** Empty where it may not be called, or is no URL. */
    Optional<URI> allowed(String text) {
        try {
            URI uri = new URI(text);
            boolean isPlain = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
            return isPlain && isAllowed(uri) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private boolean isAllowed(URI uri) {
        return "https".equals(uri.getScheme())
                || ("http".equals(uri.getScheme()) && allowsLoopback && LOOPBACK.contains(uri.getHost()));
    }

    String rule() {
        return allowsLoopback
                ? "must be an https URL, or an http URL on 127.0.0.1, without user and fragment"
                : "must be an https URL, without user and fragment";
    }
}
