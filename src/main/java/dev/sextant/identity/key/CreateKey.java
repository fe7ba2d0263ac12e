package dev.sextant.identity.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new key, for the tenant of the origin. It has the shape of the request's body.
 *
 * @param scopes no more than the caller has
 * @param datasets that it may touch, no more than the caller may; null for all
 * @param addressRanges from where it may be used; null for anywhere
 * @param expiresAt null for never
 */
public record CreateKey(
        String name,
        List<String> scopes,
        @Nullable List<String> datasets,
        @Nullable List<String> addressRanges,
        @Nullable Instant expiresAt) {

    public CreateKey {
        scopes = List.copyOf(scopes);
        datasets = datasets == null ? null : List.copyOf(datasets);
        addressRanges = addressRanges == null ? null : List.copyOf(addressRanges);
    }

    /** The same with its address ranges in the form that is kept. */
    CreateKey checked() {
        return new CreateKey(name, scopes, datasets, KeyWish.ranges(addressRanges), expiresAt);
    }
}
