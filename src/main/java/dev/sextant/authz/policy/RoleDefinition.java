package dev.sextant.authz.policy;

import java.util.List;
import java.util.Set;

/** A role: what its bearers may call, and with which resources. */
public record RoleDefinition(String name, Set<String> scopes, List<Grant> grants) {

    public RoleDefinition {
        scopes = Set.copyOf(scopes);
        grants = List.copyOf(grants);
    }

    String by() {
        return "role/" + name;
    }
}
