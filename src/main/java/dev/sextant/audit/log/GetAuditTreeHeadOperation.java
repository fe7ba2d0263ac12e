package dev.sextant.audit.log;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/audit/tree-head} */
final class GetAuditTreeHeadOperation implements Operation {

    private final Bus bus;

    GetAuditTreeHeadOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "getAuditTreeHead";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(LogAddresses.HEAD, new GetTreeHead(), call.origin()).map(Reply::ok);
    }
}
