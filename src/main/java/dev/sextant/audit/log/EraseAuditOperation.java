package dev.sextant.audit.log;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code POST /api/v2/audit/erase}: its own record does not say whose parts they were. */
final class EraseAuditOperation implements Operation {

    private final Bus bus;

    EraseAuditOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "eraseAudit";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(LogAddresses.ERASE, call.body().as(EraseLog.class), call.origin())
                .map(Reply::ok);
    }
}
