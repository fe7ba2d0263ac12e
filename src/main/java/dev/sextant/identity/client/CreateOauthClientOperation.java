package dev.sextant.identity.client;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import java.util.Map;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code POST /api/v2/oauth/clients} */
final class CreateOauthClientOperation implements Operation {

    private final Bus bus;

    CreateOauthClientOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "createOauthClient";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(ClientAddresses.CREATE, call.body().as(CreateClient.class), call.origin())
                .map(CreateOauthClientOperation::reply);
    }

    private static Reply reply(CreatedClient made) {
        return new Reply.Value(
                201, Map.of("location", "/api/v2/oauth/clients/" + made.id(), "cache-control", "no-store"), made);
    }
}
