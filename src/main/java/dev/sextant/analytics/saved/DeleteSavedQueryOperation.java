package dev.sextant.analytics.saved;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code DELETE /api/v2/saved-queries/{id}} */
record DeleteSavedQueryOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "deleteSavedQuery";
    }

    @Override
    public Future<Reply> handle(Call call) {
        DeleteSavedQuery question = new DeleteSavedQuery(
                call.params().text("id"),
                call.params().find("If-Match", String.class).orElse(null));
        return bus.askHere(SavedQueryAddresses.DELETE, question, call.origin()).map(_ -> new Reply.NoContent());
    }
}
