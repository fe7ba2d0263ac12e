package dev.sextant.authz;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/admin/policies} */
record ListPoliciesOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "listPolicies";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(AuthzAddresses.LIST_POLICIES, new ListPolicies(), call.origin())
                .map(Reply::ok);
    }
}
