package dev.sextant.analytics.saved;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code PUT /api/v2/saved-queries/{id}} */
record ReplaceSavedQueryOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "replaceSavedQuery";
    }

    @Override
    public Future<Reply> handle(Call call) {
        ReplaceSavedQuery question = new ReplaceSavedQuery(
                call.params().text("id"),
                call.body().as(SavedText.class),
                call.params().find("If-Match", String.class).orElse(null));
        return bus.askHere(SavedQueryAddresses.REPLACE, question, call.origin())
                .map(saved -> new Reply.Value(200, EntityTag.headers(saved.version()), saved));
    }
}
