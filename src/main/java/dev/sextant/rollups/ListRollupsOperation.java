package dev.sextant.rollups;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/datasets/{name}/rollups} */
record ListRollupsOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "listRollups";
    }

    @Override
    public Future<Reply> handle(Call call) {
        ListRollups question = new ListRollups(call.params().text("name"));
        return bus.askHere(RollupAddresses.LIST, question, call.origin()).map(Reply::ok);
    }
}
