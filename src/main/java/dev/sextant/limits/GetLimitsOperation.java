package dev.sextant.limits;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/admin/tenants/{id}/limits} */
record GetLimitsOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "getLimits";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(LimitsAddresses.GET, new GetLimits(call.params().text("id")), call.origin())
                .map(report -> new Reply.Value(200, EntityTag.headers(report.version()), report));
    }
}
