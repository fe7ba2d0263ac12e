package dev.sextant.authz;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sextant.authz.policy.Grant;
import dev.sextant.authz.policy.RoleDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role as callers see it.
 *
 * @param isBuiltIn whether every tenant has it, and none can change it
 * @param version grows with each change, from 1
 * @param createdAt and {@code updatedAt}: null where it is built in
 */
record Role(
        String name,
        String description,
        List<String> scopes,
        List<Grant> grants,
        @JsonProperty("built_in") boolean isBuiltIn,
        int version,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    Role {
        scopes = List.copyOf(scopes);
        grants = List.copyOf(grants);
    }

    static Role builtIn(RoleDefinition role) {
        return new Role(role.name(), "", role.scopes().stream().sorted().toList(), role.grants(), true, 1, null, null);
    }

    RoleDefinition definition() {
        return new RoleDefinition(name, Set.copyOf(scopes), grants);
    }
}
