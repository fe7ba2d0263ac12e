package dev.sextant.authz.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a credential may be allowed. The contract's {@code Scope} lists the same. */
public enum Scope {
    ADMIN_LIMITS("admin:limits"),
    ANALYTICS_READ("analytics:read"),
    DATASETS_READ("datasets:read"),
    DATASETS_WRITE("datasets:write"),
    EVENTS_WRITE("events:write"),
    EVENTS_DELETE("events:delete"),
    KEYS_READ("keys:read"),
    KEYS_WRITE("keys:write"),
    USERS_READ("users:read"),
    USERS_WRITE("users:write"),
    SIGN_IN_READ("sign_in:read"),
    SIGN_IN_WRITE("sign_in:write"),
    PLATFORM_BACKUPS("platform:backups"),
    PLATFORM_SIGNING_KEYS("platform:signing_keys"),
    PLATFORM_CLUSTER("platform:cluster"),
    ROLES_READ("roles:read"),
    ROLES_WRITE("roles:write"),
    SECURITY_READ("security:read"),
    SECURITY_WRITE("security:write"),
    AUDIT_READ("audit:read"),
    ADMIN_USAGE("admin:usage"),
    PLATFORM_TENANTS("platform:tenants"),
    PLATFORM_CROSS_TENANT("platform:cross_tenant");

    private static final Map<String, Scope> TEXT_TO_SCOPE =
            Arrays.stream(values()).collect(Collectors.toMap(Scope::text, Function.identity()));

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    public static Optional<Scope> of(String text) {
        return Optional.ofNullable(TEXT_TO_SCOPE.get(text));
    }

    public static Set<String> all() {
        return TEXT_TO_SCOPE.keySet();
    }

    /** All but those that reach beyond one tenant. */
    public static Set<String> ofTenants() {
        return Arrays.stream(values())
                .filter(scope -> !scope.ofPlatform())
                .map(Scope::text)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As {@code area:verb}. */
    public String text() {
        return text;
    }

    /** Reaches beyond one tenant: only keys of the platform's own tenant may have it. */
    public boolean ofPlatform() {
        return text.startsWith("platform:");
    }
}
