package dev.sextant.analytics.saved;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.operations.QueryReplies;
import dev.sextant.query.model.Query;
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
                .compose(saved -> reply(call, saved));
    }

    private Future<Reply> reply(Call call, SavedQuery saved) {
        ObjectNode changes = call.body().tree().deepCopy();
        JsonNode values = changes.remove("parameters");
        JsonNode query = new Parameters(saved.parameters())
                .bound(saved.query(), values == null ? MissingNode.getInstance() : values);
        JsonNode run = call.rowsMax().bound(Overrides.put(changes, query), Query.LIMIT_BY_DEFAULT);
        SentPlaces places = SentPlaces.of(changes, saved.query());
        return replies.reply(call, run).recover(failure -> Future.failedFuture(places.told(failure)));
    }
}
