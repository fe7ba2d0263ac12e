package dev.sextant.identity.key;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a credential may be allowed. The contract's {@code Scope} lists the same. */
enum Scope {
    ANALYTICS_READ("analytics:read"),
    DATASETS_READ("datasets:read"),
    DATASETS_WRITE("datasets:write"),
    EVENTS_WRITE("events:write"),
    EVENTS_DELETE("events:delete"),
    KEYS_READ("keys:read"),
    KEYS_WRITE("keys:write"),
    AUDIT_READ("audit:read"),
    ADMIN_USAGE("admin:usage"),
    SECURITY_READ("security:read"),
    SECURITY_WRITE("security:write"),
    PLATFORM_TENANTS("platform:tenants"),
    PLATFORM_CROSS_TENANT("platform:cross_tenant");

    private static final Map<String, Scope> TEXT_TO_SCOPE =
            Arrays.stream(values()).collect(Collectors.toMap(Scope::text, Function.identity()));

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    static Optional<Scope> of(String text) {
        return Optional.ofNullable(TEXT_TO_SCOPE.get(text));
    }

    static Set<String> all() {
        return TEXT_TO_SCOPE.keySet();
    }

    /** As {@code area:verb}. */
    String text() {
        return text;
    }

    /** Reaches beyond one tenant: only keys of the platform's own tenant may have it. */
    boolean ofPlatform() {
        return text.startsWith("platform:");
    }
}
