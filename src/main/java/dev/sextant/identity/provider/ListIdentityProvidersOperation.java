package dev.sextant.identity.provider;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code GET /api/v2/identity-providers} */
final class ListIdentityProvidersOperation implements Operation {

    private final Bus bus;

    ListIdentityProvidersOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "listIdentityProviders";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(ProviderAddresses.LIST, new ListProviders(), call.origin()).map(Reply::ok);
    }
}
