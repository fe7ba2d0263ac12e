package dev.sextant.identity.user;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a change: what is absent stays. It prints without the password. */
record UserChange(
        @Nullable String name,
        @Nullable List<String> roles,
        User.@Nullable Status status,
        @Nullable String password) {

    UserChange {
        roles = roles == null ? null : List.copyOf(roles);
    }

    @Override
    public String toString() {
        return "UserChange[name=%s, roles=%s, status=%s, password=***]".formatted(name, roles, status);
    }
}
