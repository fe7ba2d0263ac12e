package dev.sextant.identity.provider;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a request to have a provider. It prints without the secret. What is absent is the default. */
record ProviderWish(
        String name,
        String issuer,
        String clientId,
        @Nullable String clientSecret,
        String rolesClaim,
        Map<String, String> roleMapping,
        List<String> defaultRoles,
        List<String> allowedDomains) {

    ProviderWish {
        rolesClaim = rolesClaim == null ? "roles" : rolesClaim;
        roleMapping = roleMapping == null ? Map.of() : Map.copyOf(roleMapping);
        defaultRoles = defaultRoles == null ? List.of() : List.copyOf(defaultRoles);
        allowedDomains = allowedDomains == null ? List.of() : List.copyOf(allowedDomains);
    }

    @Override
    public String toString() {
        return "ProviderWish[issuer=%s, clientSecret=***]".formatted(issuer);
    }
}
