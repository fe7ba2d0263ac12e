package dev.sextant.analytics.saved;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/saved-queries/{id}} */
record GetSavedQueryOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "getSavedQuery";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(
                        SavedQueryAddresses.GET, new GetSavedQuery(call.params().text("id")), call.origin())
                .map(saved -> new Reply.Value(200, EntityTag.headers(saved.version()), saved));
    }
}
