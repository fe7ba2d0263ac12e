package dev.sextant.identity.user;

import java.time.Instant;
import java.util.List;

/**
 * An invitation that was just made. It prints without its token.
 *
 * @param token whoever has it becomes the user; told this once
 */
record Invitation(String id, String token, String email, List<String> roles, Instant createdAt, Instant expiresAt) {

    Invitation {
        roles = List.copyOf(roles);
    }

    @Override
    public String toString() {
        return "Invitation[id=%s, token=***, email=%s]".formatted(id, email);
    }
}
