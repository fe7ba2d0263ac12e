package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

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
        AcceptInvitation question = call.body().as(AcceptInvitation.class);
        return bus.askHere(UserAddresses.ACCEPT, question, call.origin())
                .onSuccess(user -> {
                    question.tenant().ifPresent(tenant -> call.usage().by(tenant, user.id()));
                    call.usage().resource("users/" + user.id());
                })
                .map(Reply::created);
    }
}
