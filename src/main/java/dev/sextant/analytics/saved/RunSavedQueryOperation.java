package dev.sextant.analytics.saved;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.operations.QueryReplies;
import io.vertx.core.Future;

/** {@code POST /api/v2/saved-queries/{id}/run} */
record RunSavedQueryOperation(Bus bus, QueryReplies replies) implements Operation {

    @Override
    public String operationId() {
        return "runSavedQuery";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(
                        SavedQueryAddresses.GET, new GetSavedQuery(call.params().text("id")), call.origin())
                .compose(saved -> replies.reply(call, Overrides.put(call.body().tree(), saved.query())));
    }
}
