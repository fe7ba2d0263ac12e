package dev.sextant.identity.session;

import java.util.stream.Collectors;
import java.util.Map;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.net.URLEncoder;

/**
 * Where a browser goes back to, and with what. Source: RFC 6749, sections 4.1.2 and 4.1.2.1; RFC 9207, section 2. Pure.
 *
 * @param issuer names us, so that a client with several servers knows whom it hears
 */
record RedirectAnswer(AuthorizationQuery query, String issuer) {

    String code(String code) {
        return with(Map.of("code", code));
    }

    String error(String error, String description) {
        return with(Map.of("error", error, "error_description", description));
    }

    private String with(Map<String, String> answer) {
        Map<String, String> all = new TreeMap<>(answer);
        all.put("iss", issuer);
        if (!query.state().isEmpty()) {
            all.put("state", query.state());
        }
        String text = all.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.redirectUri() + (query.redirectUri().contains("?") ? "&" : "?") + text;
    }
}
