package dev.sextant.identity.session;

import dev.sextant.http.Call;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.identity.user.User;
import dev.sextant.identity.session.Visits.Visit;

/** {@code GET /oauth/authorize} */
final class AuthorizeOperation implements Operation {

    private final Visits visits;

    AuthorizeOperation(Visits visits) {
        this.visits = visits;
    }

    @Override
    public String operationId() {
        return "authorize";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return visits.receive(call, AuthorizationQuery.of(call.params()), this::show);
    }

    private Future<Reply> show(Visit visit) {
        return visits.user(visit)
                .compose(user -> user.isEmpty()
                        ? visits.signInPage(visit, "", 200)
                        : ask(visit, user.get()));
    }

    private Future<Reply> ask(Visit visit, User user) {
        String csrf = visits.parts().csrf().of(visit.cookie().orElseThrow());
        return Grants.givable(visits, visit, user)
                .map(scopes -> scopes.isEmpty()
                        ? Grants.nothing(visits, visit)
                        : visits.page(Pages.consent(visit.request(), scopes, user.email(), csrf)));
    }
}
