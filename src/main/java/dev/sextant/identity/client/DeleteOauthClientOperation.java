package dev.sextant.identity.client;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code DELETE /api/v2/oauth/clients/{id}} */
final class DeleteOauthClientOperation implements Operation {

    private final Bus bus;

    DeleteOauthClientOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "deleteOauthClient";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(ClientAddresses.DELETE, new DeleteClient(call.params().text("id")), call.origin())
                .map(_ -> new Reply.NoContent());
    }
}
