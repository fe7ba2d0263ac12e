package dev.sextant;

import dev.sextant.http.Authenticator;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;

/** Takes everybody for {@code principal}; for tests of what comes behind the door. */
public record OpenDoor(Principal principal) implements Authenticator {

    @Override
    public Future<Principal> authenticate(String authorization, ClientAddress client) {
        return Future.succeededFuture(principal);
    }

    @Override
    public Future<Principal> enter(Principal caller, TenantId tenant) {
        return Future.succeededFuture(caller.at(tenant));
    }
}
