package dev.sextant.identity.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a token is (RFC 7662, section 2.2); all but {@code active} is absent where it is not good, or concerns another tenant.
 *
 * @param exp seconds since 1970
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Introspection(
        boolean active,
        @Nullable String scope,
        @Nullable String clientId,
        @Nullable String tokenType,
        @Nullable Long exp,
        @Nullable String sub,
        @Nullable String iss,
        @Nullable String tenantId) {

    static final Introspection INACTIVE = new Introspection(false, null, null, null, null, null, null, null);
}
