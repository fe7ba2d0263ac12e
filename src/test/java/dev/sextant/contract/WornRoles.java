package dev.sextant.contract;

import dev.sextant.authz.policy.Authority;
import dev.sextant.http.Authenticator;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.CredentialDb;
import io.vertx.core.Future;
import java.util.List;

/** Lets whoever shows a key wear roles in place of what the key may do: {@code ak_…+analyst+viewer}. */
record WornRoles(Authenticator keys, CredentialDb db) implements Authenticator {

    @Override
    public Future<Principal> authenticate(String authorization, ClientAddress address) {
        String[] parts = authorization.split("\\+", -1);
        Future<Principal> bearer = keys.authenticate(parts[0], address);
        return parts.length == 1
                ? bearer
                : bearer.compose(key -> wearing(key, List.of(parts).subList(1, parts.length)));
    }

    private Future<Principal> wearing(Principal key, List<String> roles) {
        return db.authority(key.tenant(), roles).map(found -> {
            Authority authority = Authority.of(found, roles);
            return new Principal(key.tenant(), key.actor(), authority.scopes(), key.reach(), authority.policy());
        });
    }

    @Override
    public Future<Principal> enter(Principal principal, TenantId tenant) {
        return keys.enter(principal, tenant);
    }
}
