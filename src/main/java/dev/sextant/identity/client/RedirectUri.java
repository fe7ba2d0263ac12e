package dev.sextant.identity.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an authorization may be answered to. Pure. Source: RFC 9700, section 2.1, and RFC 8252, section 7. */
final class RedirectUri {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Source: RFC 3986, section 2. */
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]*");

    private RedirectUri() {}

    /** Why it may not be used; empty where it may. */
    static Optional<String> refusal(String text) {
        if (!CHARACTERS.matcher(text).matches()) {
            return Optional.of(
                    "must have no characters but those of RFC 3986: write others percent-encoded, or as xn--");
        }
        URI uri = parsed(text);
        if (uri == null || uri.getScheme() == null || uri.isOpaque()) {
            return Optional.of("must be an absolute URI");
        }
        if (uri.getRawFragment() != null || uri.getRawUserInfo() != null || text.contains("*")) {
            return Optional.of("must have no fragment, no user and no wildcard");
        }
        return switch (uri.getScheme()) {
            case "https" -> uri.getHost() == null ? Optional.of("must name a host") : Optional.empty();
            case "http" ->
                LOOPBACK.contains(uri.getHost())
                        ? Optional.empty()
                        : Optional.of("must be https, except on the loopback interface");
            default ->
                uri.getScheme().contains(".") && uri.getScheme().equals(lower(uri.getScheme()))
                        ? Optional.empty()
                        : Optional.of(
                                "must be https, or a scheme of your own with a dot in it, such as com.example.app");
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            return null;
        }
    }
}
