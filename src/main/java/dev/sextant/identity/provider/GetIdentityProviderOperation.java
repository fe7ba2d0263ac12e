package dev.sextant.identity.provider;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code GET /api/v2/identity-providers/{id}} */
final class GetIdentityProviderOperation implements Operation {

    private final Bus bus;

    GetIdentityProviderOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "getIdentityProvider";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(ProviderAddresses.GET, new GetProvider(call.params().text("id")), call.origin())
                .map(provider -> new Reply.Value(200, EntityTag.headers(provider.version()), provider));
    }
}
