package dev.sextant.scaling;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code POST /api/v2/operations/{id}/rollback} */
record RollBackOperationOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "rollBackOperation";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(
                        ScalingAddresses.ROLL_BACK,
                        new RollBackScale(call.params().text("id")),
                        call.origin())
                .map(Reply::accepted);
    }
}
