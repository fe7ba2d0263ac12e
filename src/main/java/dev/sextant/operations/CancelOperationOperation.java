package dev.sextant.operations;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code DELETE /api/v2/operations/{id}} and {@code DELETE /api/v2/queries/{id}}: one thing under two names. */
record CancelOperationOperation(Bus bus, String operationId) implements Operation {

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(
                        OperationAddresses.CANCEL,
                        new CancelOperation(call.params().text("id")),
                        call.origin())
                .map(Reply::ok);
    }
}
