package dev.sextant.security.settings;

import dev.sextant.kernel.Problem.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells what is wrong with the origins of web pages that tenants name. Pure. */
final class WebOrigins {

    private static final Set<String> WITHOUT_TLS = Set.of("localhost", "127.0.0.1");
    private static final int PORT_MAX = 65_535;

    private WebOrigins() {}

    /** All that are none, each at its place in the body. */
    static List<Violation> violations(SecuritySettings settings) {
        List<Violation> violations = new ArrayList<>(violations("/allowed_origins", settings.allowedOrigins()));
        for (int i = 0; i < settings.keyRules().size(); i++) {
            List<String> origins = settings.keyRules().get(i).allowedOrigins();
            if (origins != null) {
                violations.addAll(violations("/key_rules/" + i + "/allowed_origins", origins));
            }
        }
        return violations;
    }

    private static List<Violation> violations(String pointer, List<String> origins) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < origins.size(); i++) {
            if (!isOrigin(origins.get(i))) {
                violations.add(Violation.at(
                        pointer + "/" + i,
                        "wrong_format",
                        "must be https, a host, and a port where it is not 443; http for localhost only"));
            }
        }
        return violations;
    }

    /** As browsers send it: scheme, host and maybe a port, with nothing behind it. */
    static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            String host = uri.getHost();
            if (host == null) {
                return false;
            }
            boolean isSafe =
                    "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && WITHOUT_TLS.contains(host));
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return isSafe
                    && uri.getPort() != 0
                    && uri.getPort() <= PORT_MAX
                    && text.equals(uri.getScheme() + "://" + host + port);
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
