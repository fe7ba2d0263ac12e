package dev.sextant.identity.client;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code GET /api/v2/oauth/clients/{id}} */
final class GetOauthClientOperation implements Operation {

    private final Bus bus;

    GetOauthClientOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "getOauthClient";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(ClientAddresses.GET, new GetClient(call.params().text("id")), call.origin())
                .map(Reply::ok);
    }
}
