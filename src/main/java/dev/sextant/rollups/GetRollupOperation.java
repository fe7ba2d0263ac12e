package dev.sextant.rollups;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/datasets/{name}/rollups/{rollup}} */
record GetRollupOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "getRollup";
    }

    @Override
    public Future<Reply> handle(Call call) {
        GetRollup question =
                new GetRollup(call.params().text("name"), call.params().text("rollup"));
        return bus.askHere(RollupAddresses.GET, question, call.origin()).map(Reply::ok);
    }
}
