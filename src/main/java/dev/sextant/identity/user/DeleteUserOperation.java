package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code DELETE /api/v2/users/{id}} */
final class DeleteUserOperation implements Operation {

    private final Bus bus;

    DeleteUserOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "deleteUser";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(UserAddresses.DELETE, new DeleteUser(call.params().text("id")), call.origin())
                .map(_ -> new Reply.NoContent());
    }
}
