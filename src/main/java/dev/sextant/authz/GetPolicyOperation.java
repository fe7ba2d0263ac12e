package dev.sextant.authz;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/admin/policies/{id}} */
record GetPolicyOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "getPolicy";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(
                        AuthzAddresses.GET_POLICY, new GetPolicy(call.params().text("id")), call.origin())
                .map(policy -> new Reply.Value(200, EntityTag.headers(policy.version()), policy));
    }
}
