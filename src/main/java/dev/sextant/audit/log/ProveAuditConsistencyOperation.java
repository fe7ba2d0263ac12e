package dev.sextant.audit.log;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/audit/proofs/consistency} */
final class ProveAuditConsistencyOperation implements Operation {

    private final Bus bus;

    ProveAuditConsistencyOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "proveAuditConsistency";
    }

    @Override
    public Future<Reply> handle(Call call) {
        ProveConsistency wish = new ProveConsistency(
                call.params().number("from"),
                call.params().find("to", Long.class).orElse(null));
        return bus.askHere(LogAddresses.CONSISTENCY, wish, call.origin()).map(Reply::ok);
    }
}
