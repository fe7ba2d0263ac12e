package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import java.util.Map;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

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
                .map(invitation -> new Reply.Value(201, Map.of("cache-control", "no-store"), invitation));
    }
}
