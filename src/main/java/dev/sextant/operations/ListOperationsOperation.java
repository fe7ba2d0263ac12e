package dev.sextant.operations;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.NextLink;
import dev.sextant.http.Operation;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Cursor;
import io.vertx.core.Future;
import java.util.List;

/** {@code GET /api/v2/operations} */
record ListOperationsOperation(Bus bus) implements Operation {

    private static final List<String> KEPT = List.of("limit", "tenant_id");

    @Override
    public String operationId() {
        return "listOperations";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Params params = call.params();
        String before = params.find("cursor", String.class)
                .map(text -> Cursor.parse(text).id())
                .orElse(null);
        ListOperations question = new ListOperations((int) params.number("limit"), before);
        return bus.askHere(OperationAddresses.LIST, question, call.origin())
                .map(page -> new Reply.Value(200, NextLink.headers(params, KEPT, page.nextCursor()), page));
    }
}
