package dev.sextant.edge;

import dev.sextant.http.ContentPolicy;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What every answer tells browsers: to take it for what it says it is, to load and frame nothing, to tell nobody where they
 * were. Source: OWASP REST Security and HTTP Headers cheat sheets (2024).
 */
final class SecurityHeaders {

    private static final List<Map.Entry<CharSequence, CharSequence>> ALWAYS = Stream.of(
                    Map.entry("vary", "Origin"),
                    Map.entry("x-content-type-options", "nosniff"),
                    Map.entry("content-security-policy", ContentPolicy.NOTHING),
                    Map.entry("referrer-policy", "no-referrer"),
                    Map.entry("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
                    Map.entry("cross-origin-opener-policy", "same-origin"),
                    Map.entry("cross-origin-resource-policy", "same-origin"))
            .map(header -> Map.entry(
                    HttpHeaders.createOptimized(header.getKey()), HttpHeaders.createOptimized(header.getValue())))
            .toList();

    private static final CharSequence HSTS = HttpHeaders.createOptimized("strict-transport-security");
    private static final CharSequence A_YEAR = HttpHeaders.createOptimized("max-age=31536000; includeSubDomains");

    private SecurityHeaders() {}

    /** Before anything else is written; what answers differently replaces them. */
    static void add(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        for (Map.Entry<CharSequence, CharSequence> header : ALWAYS) {
            response.putHeader(header.getKey(), header.getValue());
        }
        if (request.connection().isSsl()) {
            response.putHeader(HSTS, A_YEAR);
        }
    }
}
