package dev.sextant.authz;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code POST /api/v2/authz/explain} */
record ExplainAccessOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "explainAccess";
    }

    @Override
    public Future<Reply> handle(Call call) {
        AccessBody body = call.body().as(AccessBody.class);
        ExplainAccess question = new ExplainAccess(
                body.asked(call).getFirst(),
                body.roles(),
                call.principal().scopes().contains(AccessBody.OF_OTHERS));
        return bus.askHere(AuthzAddresses.EXPLAIN, question, call.origin()).map(Reply::ok);
    }
}
