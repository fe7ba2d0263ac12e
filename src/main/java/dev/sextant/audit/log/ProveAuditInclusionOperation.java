package dev.sextant.audit.log;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/audit/proofs/inclusion} */
final class ProveAuditInclusionOperation implements Operation {

    private final Bus bus;

    ProveAuditInclusionOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "proveAuditInclusion";
    }

    @Override
    public Future<Reply> handle(Call call) {
        ProveInclusion wish = new ProveInclusion(
                call.params().number("leaf_index"),
                call.params().find("tree_size", Long.class).orElse(null));
        return bus.askHere(LogAddresses.INCLUSION, wish, call.origin()).map(Reply::ok);
    }
}
