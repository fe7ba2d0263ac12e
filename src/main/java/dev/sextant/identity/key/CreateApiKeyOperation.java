package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.Map;

/** {@code POST /api/v2/api-keys} */
final class CreateApiKeyOperation implements Operation {

    private final Bus bus;

    CreateApiKeyOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "createApiKey";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(KeyAddresses.CREATE, call.body().as(CreateKey.class), call.origin())
                .map(CreateApiKeyOperation::reply);
    }

    private static Reply reply(CreatedKey created) {
        return new Reply.Value(
                201, Map.of("location", "/api/v2/api-keys/" + created.id(), "cache-control", "no-store"), created);
    }
}
