package dev.sextant.identity.provider;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code DELETE /api/v2/identity-providers/{id}} */
final class DeleteIdentityProviderOperation implements Operation {

    private final Bus bus;

    DeleteIdentityProviderOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "deleteIdentityProvider";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(ProviderAddresses.DELETE, new DeleteProvider(call.params().text("id")), call.origin())
                .map(_ -> new Reply.NoContent());
    }
}
