package dev.sextant.store;

import dev.sextant.kernel.TenantId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API key before its bearer is believed.
 *
 * @param isTenantActive false while the tenant is suspended
 * @param text the one of the key's texts that was asked for
 * @param limits what it may do, and where
 */
public record Credential(
        String keyId,
        TenantId tenant,
        boolean isTenantActive,
        Text text,
        Limits limits,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    /**
     * A text of a key.
     *
     * @param hash SHA-256 of it, 32 bytes
     * @param endsAt from when it opens nothing, since another one took its place; null for the present one
     */
    public record Text(Buffer hash, @Nullable Instant endsAt) {}

    /**
     * What a key may do.
     *
     * @param roles by their names
     * @param datasets with which it may do it; null for all
     * @param addressRanges from where it may do it, as {@code 10.0.0.0/8}; null for anywhere
     */
    public record Limits(
            Set<String> scopes,
            List<String> roles,
            @Nullable List<String> datasets,
            @Nullable List<String> addressRanges) {

        public Limits {
            scopes = Set.copyOf(scopes);
            roles = List.copyOf(roles);
            datasets = datasets == null ? null : List.copyOf(datasets);
            addressRanges = addressRanges == null ? null : List.copyOf(addressRanges);
        }
    }

    /** What it may do. */
    public Set<String> scopes() {
        return limits.scopes();
    }
}
