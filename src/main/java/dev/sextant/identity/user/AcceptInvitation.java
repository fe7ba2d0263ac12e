package dev.sextant.identity.user;

import dev.sextant.identity.secret.OpaqueSecret;
import dev.sextant.kernel.TenantId;
import java.util.Optional;

/** Asks to become a user by an invitation; it has the shape of the request's body, and prints without its secrets. */
record AcceptInvitation(String token, String name, String password) {

    static final String KIND = "inv";

    /** Which tenant's it says it is; empty where the token is none. */
    Optional<TenantId> tenant() {
        return OpaqueSecret.parse(KIND, token).map(OpaqueSecret::tenant);
    }

    @Override
    public String toString() {
        return "AcceptInvitation[token=***, name=%s, password=***]".formatted(name);
    }
}
