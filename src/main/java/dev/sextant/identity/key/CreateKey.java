package dev.sextant.identity.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new key, for the tenant of the origin. It has the shape of the request's body.
 *
 * @param scopes no more than the caller has
 * @param expiresAt null for never
 */
public record CreateKey(
        String name, List<String> scopes, @Nullable Instant expiresAt) {

    public CreateKey {
        scopes = List.copyOf(scopes);
    }
}
