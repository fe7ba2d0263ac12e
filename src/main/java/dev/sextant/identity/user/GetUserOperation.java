package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code GET /api/v2/users/{id}} */
final class GetUserOperation implements Operation {

    private final Bus bus;

    GetUserOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "getUser";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(UserAddresses.GET, new GetUser(call.params().text("id")), call.origin())
                .map(user -> new Reply.Value(200, EntityTag.headers(user.version()), user));
    }
}
