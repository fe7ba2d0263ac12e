package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code POST /api/v2/users/invitations/accept} */
final class AcceptInvitationOperation implements Operation {

    private final Bus bus;

    AcceptInvitationOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "acceptInvitation";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(UserAddresses.ACCEPT, call.body().as(AcceptInvitation.class), call.origin())
                .map(Reply::created);
    }
}
