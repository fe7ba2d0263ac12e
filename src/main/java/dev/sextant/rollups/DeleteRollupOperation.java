package dev.sextant.rollups;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code DELETE /api/v2/datasets/{name}/rollups/{rollup}} */
record DeleteRollupOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "deleteRollup";
    }

    @Override
    public Future<Reply> handle(Call call) {
        DropRollup question =
                new DropRollup(call.params().text("name"), call.params().text("rollup"));
        return bus.askHere(RollupAddresses.DROP, question, call.origin()).map(_ -> new Reply.NoContent());
    }
}
