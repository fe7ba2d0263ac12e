package dev.sextant.identity.session;

import dev.sextant.identity.provider.BeginExternal;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import java.util.Map;
import dev.sextant.http.Operation;
import dev.sextant.identity.provider.ProviderAddresses;
import dev.sextant.http.Reply;
import dev.sextant.identity.session.Visits.Visit;

/** {@code GET /oauth/external/{provider}} */
final class BeginExternalSignInOperation implements Operation {

    private final Bus bus;
    private final Visits visits;
    private final ExternalAttempts attempts;

    BeginExternalSignInOperation(Bus bus, Visits visits, ExternalAttempts attempts) {
        this.bus = bus;
        this.visits = visits;
        this.attempts = attempts;
    }

    @Override
    public String operationId() {
        return "beginExternalSignIn";
    }

    @Override
    public Future<Reply> handle(Call call) {
        String provider = call.params().text("provider");
        return visits.receive(call, AuthorizationQuery.of(call.params()), visit -> begin(visit, provider));
    }

    private Future<Reply> begin(Visit visit, String provider) {
        SessionCookie cookie =
                visit.cookie().orElseGet(() -> visits.parts().sessions().visitor(visit.tenant()));
        ExternalAttempt attempt = new ExternalAttempt(
                provider,
                visit.request().query(),
                attempts.secret(),
                attempts.secret(),
                cookie.secret().digest());
        return attempts.keep(visit.tenant(), attempt)
                .map(state -> new BeginExternal(
                        provider, callback(visits), state, attempt.nonce(), attempt.codeVerifier()))
                .compose(question -> bus.askHere(ProviderAddresses.BEGIN, question, visit.origin()))
                .map(address -> Visits.onward(
                        address.url(), Map.of("set-cookie", cookie.header(visits.isSecure()))));
    }

    /** Where providers send browsers back to. */
    static String callback(Visits visits) {
        return visits.parts().issuer().url() + "/oauth/callback";
    }
}
