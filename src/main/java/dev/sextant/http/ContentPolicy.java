package dev.sextant.http;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a browser may do with an answer (Content Security Policy, level 3). Every answer allows nothing, unless it says
 * otherwise itself: a page has the headers of {@link #page}.
 */
public final class ContentPolicy {

    /** For what is no page. */
    public static final String NOTHING =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /** Where browsers tell what they have stopped. */
    public static final String REPORT_PATH = "/api/v2/csp-report";

    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ContentPolicy() {}

    /** Says which scripts and styles are the page's own: fresh in each answer, and in each of its elements. */
    public static String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The headers of a page: its scripts and styles carry the nonce, and it sends forms and requests to this server only.
     * It is not to be kept: the next answer has another nonce.
     */
    public static Map<String, String> page(String nonce) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "text/html; charset=utf-8");
        headers.put("cache-control", "no-store");
        headers.put(
                "content-security-policy",
                ("default-src 'none'; script-src 'nonce-%1$s'; style-src 'nonce-%1$s'; img-src 'self' data:; font-src 'self';"
                                + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
                                + " report-uri %2$s")
                        .formatted(nonce, REPORT_PATH));
        return headers;
    }
}
