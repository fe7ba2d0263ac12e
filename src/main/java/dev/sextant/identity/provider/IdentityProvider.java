package dev.sextant.identity.provider;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Somebody who vouches for users, without the secret that we show them.
 *
 * @param rolesClaim where in an ID token roles stand; a dot leads into objects
 * @param roleMapping from a value of that claim to a role here
 * @param defaultRoles what everybody has who comes this way
 * @param allowedDomains of mail addresses that may come in; empty for all
 * @param version grows with each change; also the ETag
 */
public record IdentityProvider(
        String id,
        String name,
        String issuer,
        String clientId,
        String rolesClaim,
        Map<String, String> roleMapping,
        List<String> defaultRoles,
        List<String> allowedDomains,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    public IdentityProvider {
        roleMapping = Map.copyOf(roleMapping);
        defaultRoles = List.copyOf(defaultRoles);
        allowedDomains = List.copyOf(allowedDomains);
    }

    /** All roles that somebody may get who comes this way, in order. */
    List<String> givenRoles() {
        return Stream.concat(defaultRoles.stream(), roleMapping.values().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
