package dev.sextant.analytics.saved;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** {@code POST /api/v2/saved-queries} */
record CreateSavedQueryOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "createSavedQuery";
    }

    @Override
    public Future<Reply> handle(Call call) {
        SavedText text = call.body().as(SavedText.class);
        return bus.askHere(SavedQueryAddresses.CREATE, new CreateSavedQuery(text), call.origin())
                .map(saved -> new Reply.Value(201, headers(saved), saved));
    }

    private static Map<String, String> headers(SavedQuery saved) {
        Map<String, String> headers = new HashMap<>(EntityTag.headers(saved.version()));
        headers.put("location", "/api/v2/saved-queries/" + saved.id());
        return headers;
    }
}
