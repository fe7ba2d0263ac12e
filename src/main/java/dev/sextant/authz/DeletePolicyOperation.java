package dev.sextant.authz;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code DELETE /api/v2/admin/policies/{id}} */
record DeletePolicyOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "deletePolicy";
    }

    @Override
    public Future<Reply> handle(Call call) {
        DeletePolicy question = new DeletePolicy(call.params().text("id"), Preconditions.of(call.params()));
        return bus.askHere(AuthzAddresses.DELETE_POLICY, question, call.origin())
                .map(_ -> new Reply.NoContent());
    }
}
