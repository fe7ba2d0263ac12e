package dev.sextant.analytics.saved;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.NextLink;
import dev.sextant.http.Operation;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Cursor;
import io.vertx.core.Future;
import java.util.List;

/** {@code GET /api/v2/saved-queries} */
record ListSavedQueriesOperation(Bus bus) implements Operation {

    private static final List<String> KEPT = List.of("limit", "tenant_id");

    @Override
    public String operationId() {
        return "listSavedQueries";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Params params = call.params();
        String after = params.find("cursor", String.class)
                .map(text -> Cursor.parse(text).id())
                .orElse(null);
        ListSavedQueries question = new ListSavedQueries((int) params.number("limit"), after);
        return bus.askHere(SavedQueryAddresses.LIST, question, call.origin())
                .map(page -> new Reply.Value(200, NextLink.headers(params, KEPT, page.nextCursor()), page));
    }
}
