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
        @Nullable List<String> datasets,
        @Nullable List<String> addressRanges,
        Instant createdAt,
        @Nullable Instant expiresAt) {

    public CreatedKey {
        scopes = List.copyOf(scopes);
        datasets = datasets == null ? null : List.copyOf(datasets);
        addressRanges = addressRanges == null ? null : List.copyOf(addressRanges);
    }

    @Override
    public String toString() {
        return "CreatedKey[id=%s, key=***, prefix=%s]".formatted(id, prefix);
    }
}
