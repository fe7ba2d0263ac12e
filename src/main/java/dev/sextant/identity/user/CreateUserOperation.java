package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import java.util.Map;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code POST /api/v2/users} */
final class CreateUserOperation implements Operation {

    private final Bus bus;

    CreateUserOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "createUser";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(UserAddresses.CREATE, call.body().as(CreateUser.class), call.origin())
                .map(user -> new Reply.Value(201, Map.of("location", "/api/v2/users/" + user.id()), user));
    }
}
