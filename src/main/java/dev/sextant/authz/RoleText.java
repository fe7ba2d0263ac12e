package dev.sextant.authz;

import dev.sextant.authz.policy.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A role as callers write it. */
record RoleText(@Nullable String description, List<String> scopes, List<Grant> grants) {

    RoleText {
        scopes = List.copyOf(scopes);
        grants = List.copyOf(grants);
    }

    String descriptionOrNone() {
        return description == null ? "" : description;
    }
}
