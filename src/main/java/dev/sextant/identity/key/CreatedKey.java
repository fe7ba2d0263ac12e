package dev.sextant.identity.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just made. It prints without its text.
 *
 * @param key the whole text, told this once
 */
public record CreatedKey(
        String id,
        String key,
        String prefix,
        String name,
        List<String> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt) {

    public CreatedKey {
        scopes = List.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "CreatedKey[id=%s, key=***, prefix=%s]".formatted(id, prefix);
    }
}
