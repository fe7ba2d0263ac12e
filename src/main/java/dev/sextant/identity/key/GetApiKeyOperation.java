package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/api-keys/{id}} */
final class GetApiKeyOperation implements Operation {

    private final Bus bus;

    GetApiKeyOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "getApiKey";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(KeyAddresses.GET, new GetKey(call.params().text("id")), call.origin())
                .map(key -> new Reply.Value(200, EntityTag.headers(key.version()), key));
    }
}
