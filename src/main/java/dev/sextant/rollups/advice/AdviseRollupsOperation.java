package dev.sextant.rollups.advice;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/datasets/{name}/rollups/advice} */
record AdviseRollupsOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "adviseRollups";
    }

    @Override
    public Future<Reply> handle(Call call) {
        AdviseRollups question = new AdviseRollups(
                call.params().text("name"), (int) call.params().number("days"), (int)
                        call.params().number("limit"));
        return bus.askHere(AdviceAddresses.ADVISE, question, call.origin()).map(Reply::ok);
    }
}
