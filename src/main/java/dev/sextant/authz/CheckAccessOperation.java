package dev.sextant.authz;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code POST /api/v2/authz/check} */
record CheckAccessOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "checkAccess";
    }

    @Override
    public Future<Reply> handle(Call call) {
        AccessBody body = call.body().as(AccessBody.class);
        CheckAccess question = new CheckAccess(body.asked(call), body.roles());
        return bus.askHere(AuthzAddresses.CHECK, question, call.origin()).map(Reply::ok);
    }
}
