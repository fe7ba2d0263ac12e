package dev.sextant.identity.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new key, for the tenant of the origin. It has the shape of the request's body.
 *
 * @param scopes no more than the caller has
 * @param datasets that it may touch, no more than the caller may; null for all
 * @param addressRanges from where it may be used; null for anywhere
 * @param expiresAt null for never
 * @param roles beyond which it may nothing; none for no such limit
 */
public record CreateKey(
        String name,
        List<String> scopes,
        @Nullable List<String> datasets,
        @Nullable List<String> addressRanges,
        @Nullable Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> roles) {

    public CreateKey {
        scopes = List.copyOf(scopes);
        roles = Objects.requireNonNullElse(roles, List.of());
        roles = List.copyOf(roles);
        datasets = datasets == null ? null : List.copyOf(datasets);
        addressRanges = addressRanges == null ? null : List.copyOf(addressRanges);
    }

    /** Without roles. */
    public CreateKey(
            String name,
            List<String> scopes,
            @Nullable List<String> datasets,
            @Nullable List<String> addressRanges,
            @Nullable Instant expiresAt) {
        this(name, scopes, datasets, addressRanges, expiresAt, List.of());
    }

    /** The same with its address ranges and its end in the form that is kept: the store knows microseconds. */
    CreateKey checked() {
        Instant end = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
        return new CreateKey(name, scopes, datasets, KeyWish.ranges(addressRanges), end, roles);
    }
}
