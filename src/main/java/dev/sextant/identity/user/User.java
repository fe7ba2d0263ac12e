package dev.sextant.identity.user;

import java.time.Instant;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person in a tenant.
 *
 * @param email in lower case; unique in the tenant
 * @param provider the issuer that vouches for them; null where only their password does
 * @param version grows with each change; also the ETag
 */
public record User(
        String id,
        String email,
        String name,
        List<String> roles,
        Status status,
        @Nullable String provider,
        boolean hasPassword,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    public enum Status {
        @JsonProperty("active")
        ACTIVE,
        /** May not sign in; what they let others do is over. */
        @JsonProperty("suspended")
        SUSPENDED
    }

    public User {
        roles = List.copyOf(roles);
    }
}
