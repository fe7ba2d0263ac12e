package dev.sextant.operations;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/operations/{id}} and {@code GET /api/v2/queries/{id}}: one thing under two names. */
record GetOperationOperation(Bus bus, String operationId) implements Operation {

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(
                        OperationAddresses.GET, new GetOperation(call.params().text("id")), call.origin())
                .map(Reply::ok);
    }
}
