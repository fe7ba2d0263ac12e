package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.Map;

/** {@code POST /api/v2/users/invitations} */
final class InviteUserOperation implements Operation {

    private final Bus bus;

    InviteUserOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "inviteUser";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(UserAddresses.INVITE, call.body().as(InviteUser.class), call.origin())
                .onSuccess(invitation -> call.usage().resource("users/invitations/" + invitation.id()))
                .map(invitation -> new Reply.Value(201, Map.of("cache-control", "no-store"), invitation));
    }
}
