package dev.sextant.http;

import dev.sextant.kernel.Principal;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.OptionalLong;

/** Turns a credential into the principal it proves. Called on the event loop, once for each request. */
public interface Authenticator {

    /**
     * Proves who calls.
     *
     * @param authorization the header as it came; empty where there was none
     * @param client where the caller is; some credentials are good from some addresses only
     * @return the principal; or a failure with {@code Unauthenticated}, {@code CredentialEnded}, {@code TenantSuspended},
     *     {@code AddressNotAllowed} or {@code IdentityUnavailable}
     */
    Future<Principal> authenticate(String authorization, ClientAddress client);

    /**
     * Lets the caller work for another tenant than its own.
     *
     * @return the principal at that tenant; or a failure with {@code TenantMismatch} where it may not, with
     *     {@code NotFound} where it may and there is no such tenant
     */
    Future<Principal> enter(Principal principal, TenantId tenant);

    /**
     * When a credential ends by itself, in ms since 1970; for whoever holds it longer than a request.
     *
     * @param authorization one that was proven lately
     * @return empty where it does not end, or nothing is known of it
     */
    default OptionalLong endsAtMillis(String authorization) {
        return OptionalLong.empty();
    }
}
