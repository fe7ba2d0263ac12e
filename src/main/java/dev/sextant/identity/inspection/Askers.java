package dev.sextant.identity.inspection;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.identity.client.AuthenticateClient;
import dev.sextant.identity.client.ClientAddresses;
import dev.sextant.identity.token.ClientCredentials;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;

/** Proves who asks about a token: an OAuth client by its secret, a public one by its id. */
record Askers(Bus bus) {

    /** @param isPublic whether nothing was proven */
    record Asker(TenantId tenant, String id, boolean isPublic) {}

    /** Whoever proved something is on record as the caller. */
    Future<Asker> prove(Call call) {
        AuthenticateClient client = ClientCredentials.ofClient(
                call.params().find("authorization", String.class), call.body().tree());
        return bus.askHere(ClientAddresses.AUTHENTICATE, client, call.origin())
                .map(known -> new Asker(known.tenantId(), known.id(), known.isPublic()))
                .onSuccess(asker -> {
                    if (!asker.isPublic()) {
                        call.usage().by(asker.tenant(), asker.id());
                    }
                });
    }
}
