package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code PATCH /api/v2/api-keys/{id}} */
record UpdateApiKeyOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "updateApiKey";
    }

    @Override
    public Future<Reply> handle(Call call) {
        UpdateKey question = new UpdateKey(
                call.params().text("id"),
                call.body().tree(),
                call.params().find("If-Match", String.class).orElse(null),
                call.client().text());
        return bus.askHere(KeyAddresses.UPDATE, question, call.origin())
                .map(key -> new Reply.Value(200, EntityTag.headers(key.version()), key));
    }
}
