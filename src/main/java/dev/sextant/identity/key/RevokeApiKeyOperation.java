package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code DELETE /api/v2/api-keys/{id}} */
final class RevokeApiKeyOperation implements Operation {

    private final Bus bus;

    RevokeApiKeyOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "revokeApiKey";
    }

    @Override
    public Future<Reply> handle(Call call) {
        RevokeKey question = new RevokeKey(call.params().text("id"));
        return bus.askHere(KeyAddresses.REVOKE, question, call.origin()).map(_ -> new Reply.NoContent());
    }
}
