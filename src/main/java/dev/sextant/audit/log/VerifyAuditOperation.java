package dev.sextant.audit.log;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code POST /api/v2/audit/verify} */
final class VerifyAuditOperation implements Operation {

    private final Bus bus;

    VerifyAuditOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "verifyAudit";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(LogAddresses.CHECK, call.body().as(CheckLog.class), call.origin())
                .map(Reply::ok);
    }
}
