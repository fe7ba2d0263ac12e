package dev.sextant.authz;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code PUT /api/v2/admin/roles/{id}} */
record PutRoleOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "putRole";
    }

    @Override
    public Future<Reply> handle(Call call) {
        PutRole question =
                new PutRole(call.params().text("id"), call.body().as(RoleText.class), Preconditions.of(call.params()));
        return bus.askHere(AuthzAddresses.PUT_ROLE, question, call.origin())
                .map(role -> new Reply.Value(role.version() == 1 ? 201 : 200, EntityTag.headers(role.version()), role));
    }
}
