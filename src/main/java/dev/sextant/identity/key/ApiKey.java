package dev.sextant.identity.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key, as it is told after it was made: without its text.
 *
 * @param prefix the part that may be seen
 * @param expiresAt from when it is refused; null for never
 * @param revokedAt null while it is not
 */
record ApiKey(
        String id,
        String name,
        String prefix,
        List<String> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    ApiKey {
        scopes = List.copyOf(scopes);
    }
}
