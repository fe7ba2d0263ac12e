package dev.sextant.authz;

import dev.sextant.authz.policy.PolicyDocument;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code PUT /api/v2/admin/policies/{id}} */
record PutPolicyOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "putPolicy";
    }

    @Override
    public Future<Reply> handle(Call call) {
        PutPolicy question = new PutPolicy(
                call.params().text("id"), call.body().as(PolicyDocument.class), Preconditions.of(call.params()));
        return bus.askHere(AuthzAddresses.PUT_POLICY, question, call.origin())
                .map(policy -> new Reply.Value(
                        policy.version() == 1 ? 201 : 200, EntityTag.headers(policy.version()), policy));
    }
}
