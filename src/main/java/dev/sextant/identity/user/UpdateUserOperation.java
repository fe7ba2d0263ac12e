package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code PATCH /api/v2/users/{id}} */
final class UpdateUserOperation implements Operation {

    private final Bus bus;

    UpdateUserOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "updateUser";
    }

    @Override
    public Future<Reply> handle(Call call) {
        UpdateUser question = new UpdateUser(
                call.params().text("id"),
                call.body().as(UserChange.class),
                call.params().find("If-Match", String.class).orElse(null));
        return bus.askHere(UserAddresses.UPDATE, question, call.origin())
                .map(user -> new Reply.Value(200, EntityTag.headers(user.version()), user));
    }
}
