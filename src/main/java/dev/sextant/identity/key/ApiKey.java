package dev.sextant.identity.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key, as it is told after it was made: without its text.
 *
 * @param prefix the part of its present text that may be seen
 * @param datasets that it may touch; null for all
 * @param addressRanges from where it may be used; null for anywhere
 * @param version grows with each change, from 1
 * @param expiresAt from when it is refused; null for never
 * @param previousEndsAt until when the text before the present one is good, too; null where it is not
 * @param revokedAt null while it is not
 * @param revokedBecause {@code requested} or {@code leaked}; null while it is not
 * @param lastUsedAt to the minute, and a minute late; null where it was not used yet
 */
record ApiKey(
        String id,
        String name,
        String prefix,
        List<String> scopes,
        @Nullable List<String> datasets,
        @Nullable List<String> addressRanges,
        int version,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant previousEndsAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBecause,
        @Nullable Instant lastUsedAt) {

    ApiKey {
        scopes = List.copyOf(scopes);
        datasets = datasets == null ? null : List.copyOf(datasets);
        addressRanges = addressRanges == null ? null : List.copyOf(addressRanges);
    }
}
