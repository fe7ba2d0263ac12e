package dev.sextant.identity.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.identity.session.Visits.Visit;
import dev.sextant.identity.user.SignInUser;
import dev.sextant.identity.user.UserAddresses;
import io.vertx.core.Future;
import java.util.Map;

/** {@code POST /oauth/sign-in} */
final class SignInOperation implements Operation {

    private final Bus bus;
    private final Visits visits;
    private final SignInAttempts attempts;

    SignInOperation(Bus bus, Visits visits, SignInAttempts attempts) {
        this.bus = bus;
        this.visits = visits;
        this.attempts = attempts;
    }

    @Override
    public String operationId() {
        return "signIn";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return visits.receive(
                call,
                AuthorizationQuery.of(call.params()),
                visit -> signIn(visit, call.body().tree()));
    }

    private Future<Reply> signIn(Visit visit, JsonNode form) {
        if (!visits.isOwnForm(visit, form)) {
            return visits.signInPage(visit, "The page was too old, or not from here. Please try again.", 403);
        }
        String email = form.path("email").textValue();
        String address = visit.call().client().text();
        return attempts.begin(visit.tenant(), email, address)
                .compose(isWithin -> isWithin
                        ? prove(visit, email, form.path("password").textValue(), address)
                        : visits.signInPage(
                                visit,
                                "There were too many attempts. Please wait a quarter of an hour.",
                                429,
                                Map.of("retry-after", Long.toString(attempts.windowSeconds()))));
    }

    private Future<Reply> prove(Visit visit, String email, String password, String address) {
        return bus.askHere(UserAddresses.SIGN_IN, new SignInUser(email, password), visit.origin())
                .compose(user ->
                        attempts.succeeded(visit.tenant(), email, address).compose(_ -> visits.signedIn(visit, user)))
                .recover(failure -> Visits.isUnauthenticated(failure)
                        ? attempts.failed(visit.tenant(), email, address)
                                .compose(_ ->
                                        visits.signInPage(visit, "Address and password do not belong together.", 401))
                        : Future.failedFuture(failure));
    }
}
