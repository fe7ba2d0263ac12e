package dev.sextant.identity.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user with what proves them. It prints without it.
 *
 * @param phc their password's hash; null where they have none
 * @param sessionsFrom browser sessions that began before are over
 */
record StoredUser(User user, @Nullable String phc, Instant sessionsFrom) {

    @Override
    public String toString() {
        return "StoredUser[id=%s]".formatted(user.id());
    }
}
