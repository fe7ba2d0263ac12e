package dev.sextant.identity.session;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.identity.provider.FinishExternal;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import java.util.Optional;
import dev.sextant.identity.provider.ProviderAddresses;
import dev.sextant.identity.user.ProvisionUser;
import dev.sextant.http.Reply;
import dev.sextant.identity.user.User;
import dev.sextant.identity.user.UserAddresses;
import dev.sextant.identity.session.Visits.Visit;
import dev.sextant.identity.provider.Vouched;

/** {@code GET /oauth/callback} */
final class FinishExternalSignInOperation implements Operation {

    private final Bus bus;
    private final Visits visits;
    private final ExternalAttempts attempts;

    FinishExternalSignInOperation(Bus bus, Visits visits, ExternalAttempts attempts) {
        this.bus = bus;
        this.visits = visits;
        this.attempts = attempts;
    }

    @Override
    public String operationId() {
        return "finishExternalSignIn";
    }

    @Override
    public Future<Reply> handle(Call call) {
        String state = call.params().find("state", String.class).orElse("");
        return attempts.take(state)
                .compose(attempt -> attempt.isEmpty()
                        ? dead("This sign-in is over. Please begin anew, at the program you came from.")
                        : visits.receive(call, attempt.get().query(), visit -> finish(visit, attempt.get())));
    }

    private Future<Reply> finish(Visit visit, ExternalAttempt attempt) {
        boolean isSameBrowser = visit.cookie()
                .filter(cookie -> cookie.secret().digest().equals(attempt.browser()))
                .isPresent();
        if (!isSameBrowser) {
            return dead("This sign-in was begun by another browser. Please begin anew, at the program you came from.");
        }
        Optional<String> code = visit.call().params().find("code", String.class);
        return code.isEmpty()
                ? dead("The identity provider did not sign you in.")
                : vouched(visit, attempt, code.get())
                        .compose(user -> visits.signedIn(visit, user));
    }

    private Future<User> vouched(Visit visit, ExternalAttempt attempt, String code) {
        FinishExternal question = new FinishExternal(
                attempt.providerId(),
                BeginExternalSignInOperation.callback(visits),
                attempt.nonce(),
                attempt.codeVerifier(),
                code,
                visit.call().params().find("iss", String.class).orElse(null));
        return bus.askHere(ProviderAddresses.FINISH, question, visit.origin())
                .map(FinishExternalSignInOperation::wish)
                .compose(wish -> bus.askHere(UserAddresses.PROVISION, wish, visit.origin()));
    }

    private static ProvisionUser wish(Vouched vouched) {
        return new ProvisionUser(
                vouched.issuer(),
                vouched.subject(),
                vouched.email(),
                vouched.name(),
                vouched.roles(),
                vouched.mayAdopt());
    }

    private Future<Reply> dead(String why) {
        return Future.succeededFuture(visits.page(Pages.problem(403, why)));
    }
}
