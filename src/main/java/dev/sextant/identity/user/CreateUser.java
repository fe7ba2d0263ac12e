package dev.sextant.identity.user;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new user. It has the shape of the request's body, and prints without the password.
 *
 * @param password null where only a provider will vouch for them
 */
record CreateUser(
        String email, String name, List<String> roles, @Nullable String password) {

    CreateUser {
        roles = List.copyOf(roles);
    }

    @Override
    public String toString() {
        return "CreateUser[email=%s, roles=%s, password=***]".formatted(email, roles);
    }
}
