package dev.sextant.tenants;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sextant.kernel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the platform.
 *
 * @param version grows with each change; also the ETag
 * @param purgeAfter when all that it has is deleted; null where it is not to be deleted
 */
public record Tenant(
        String id,
        String name,
        Plan plan,
        Status status,
        int version,
        Instant createdAt,
        @Nullable Instant purgeAfter) {

    /** What the tenant pays for. */
    public enum Plan {
        @JsonProperty("free")
        FREE,
        @JsonProperty("standard")
        STANDARD,
        @JsonProperty("enterprise")
        ENTERPRISE,
        /** The platform's own. */
        @JsonProperty("platform")
        PLATFORM
    }

    public enum Status {
        @JsonProperty("active")
        ACTIVE,
        /** Its credentials are refused; its data is kept. */
        @JsonProperty("suspended")
        SUSPENDED
    }

    TenantId tenantId() {
        return new TenantId(id);
    }
}
