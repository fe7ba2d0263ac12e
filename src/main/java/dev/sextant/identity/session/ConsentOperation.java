package dev.sextant.identity.session;

import dev.sextant.identity.grant.BeginSignIn;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import dev.sextant.identity.grant.GrantAddresses;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.identity.user.User;
import dev.sextant.identity.session.Visits.Visit;

/** {@code POST /oauth/consent} */
final class ConsentOperation implements Operation {

    private final Bus bus;
    private final Visits visits;

    ConsentOperation(Bus bus, Visits visits) {
        this.bus = bus;
        this.visits = visits;
    }

    @Override
    public String operationId() {
        return "consent";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return visits.receive(
                call, AuthorizationQuery.of(call.params()), visit -> decide(visit, call.body().tree()));
    }

    /** Who is signed in no more, or did not see the page, is shown it anew. */
    private Future<Reply> decide(Visit visit, JsonNode form) {
        return visits.user(visit)
                .compose(user -> user.isEmpty() || !visits.isOwnForm(visit, form)
                        ? Future.succeededFuture(
                                Visits.onward(visit.request().at("/oauth/authorize"), Map.of()))
                        : decide(visit, user.get(), form.path("decision").asText()));
    }

    private Future<Reply> decide(Visit visit, User user, String decision) {
        return switch (decision) {
            case "allow" -> allow(visit, user);
            case "sign_out" -> signOut(visit);
            default -> Future.succeededFuture(Visits.onward(
                    visits.answer(visit.request().query()).error("access_denied", "the user said no"), Map.of()));
        };
    }

    private Future<Reply> allow(Visit visit, User user) {
        return Grants.givable(visits, visit, user)
                .compose(scopes -> scopes.isEmpty()
                        ? Future.succeededFuture(Grants.nothing(visits, visit))
                        : begin(visit, user, scopes));
    }

    private Future<Reply> begin(Visit visit, User user, List<String> scopes) {
        AuthorizationQuery query = visit.request().query();
        BeginSignIn wish =
                new BeginSignIn(user.id(), query.clientId(), query.redirectUri(), scopes, query.codeChallenge());
        return bus.askHere(GrantAddresses.BEGIN, wish, visit.origin())
                .map(issued -> Visits.onward(visits.answer(query).code(issued.code()), Map.of()));
    }

    private Future<Reply> signOut(Visit visit) {
        return visits.parts()
                .sessions()
                .end(visit.cookie().orElseThrow())
                .map(_ -> Visits.onward(
                        visit.request().at("/oauth/authorize"),
                        Map.of("set-cookie", SessionCookie.gone(visits.isSecure()))));
    }
}
