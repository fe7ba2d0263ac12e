package dev.sextant.identity.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.ContentPolicy;
import dev.sextant.http.Reply;
import dev.sextant.identity.client.ClientAddresses;
import dev.sextant.identity.client.FindClient;
import dev.sextant.identity.provider.ListProviders;
import dev.sextant.identity.provider.ProviderAddresses;
import dev.sextant.identity.session.AuthorizationRules.BackToClient;
import dev.sextant.identity.session.AuthorizationRules.Dead;
import dev.sextant.identity.session.AuthorizationRules.Good;
import dev.sextant.identity.session.Pages.External;
import dev.sextant.identity.token.Issuer;
import dev.sextant.identity.user.Authorities;
import dev.sextant.identity.user.CheckUser;
import dev.sextant.identity.user.User;
import dev.sextant.identity.user.UserAddresses;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What all steps of a sign-in begin with: whose request it is, whether it is good, and who sits before the browser. Event
 * loop.
 */
final class Visits {

    /** What the room works with. */
    record Parts(BrowserSessions sessions, CsrfTokens csrf, Issuer issuer, Authorities authorities) {}

    /**
     * A browser with a good request.
     *
     * @param cookie by which it was known before; empty for one that comes for the first time
     */
    record Visit(Call call, AuthorizationRequest request, Optional<SessionCookie> cookie) {

        TenantId tenant() {
            return request.client().tenantId();
        }

        /** Of questions to other rooms: nobody's, at the client's tenant. */
        Origin origin() {
            return new Origin(Principal.NOBODY.at(tenant()), call.trace(), call.deadline());
        }

        /** Puts the call on record as this user's. */
        private void isBy(User user, String resource) {
            call.usage().by(tenant(), user.id());
            call.usage().resource(resource);
        }
    }

    private final Bus bus;
    private final Parts parts;

    Visits(Bus bus, Parts parts) {
        this.bus = bus;
        this.parts = parts;
    }

    Parts parts() {
        return parts;
    }

    /** Hands a good request on; answers all others itself. */
    Future<Reply> receive(Call call, AuthorizationQuery query, Function<Visit, Future<Reply>> next) {
        return bus.askHere(ClientAddresses.FIND, new FindClient(query.clientId()), call.origin())
                .compose(client -> switch (AuthorizationRules.judge(query, client)) {
                    case Good good -> next.apply(new Visit(call, good.request(), cookie(call, client.tenantId())));
                    case BackToClient back -> Future.succeededFuture(refused(query, back));
                    case Dead dead -> Future.succeededFuture(page(Pages.problem(400, dead.why())));
                })
                .recover(this::told);
    }

    Optional<SessionCookie> cookie(Call call, TenantId tenant) {
        return SessionCookie.of(call.params(), tenant, isSecure());
    }

    boolean isSecure() {
        return parts.issuer().isSecure();
    }

    private Reply refused(AuthorizationQuery query, BackToClient back) {
        return onward(answer(query).error(back.error(), back.description()), Map.of());
    }

    RedirectAnswer answer(AuthorizationQuery query) {
        return new RedirectAnswer(query, parts.issuer().url());
    }

    /** Who sits there; empty where nobody is signed in, or not any more. */
    Future<Optional<User>> user(Visit visit) {
        if (visit.cookie().isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        return parts.sessions()
                .find(visit.cookie().get())
                .compose(session -> session.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : bus.askHere(
                                        UserAddresses.CHECK,
                                        new CheckUser(
                                                session.get().userId(),
                                                session.get().signedInAt()),
                                        visit.origin())
                                .onSuccess(user -> visit.isBy(
                                        user,
                                        "oauth/clients/"
                                                + visit.request().client().id()))
                                .map(Optional::of)
                                .recover(failure -> isUnauthenticated(failure)
                                        ? Future.succeededFuture(Optional.empty())
                                        : Future.failedFuture(failure)));
    }

    /** @param alert what went wrong before; empty for nothing */
    Future<Reply> signInPage(Visit visit, String alert, int status) {
        return signInPage(visit, alert, status, Map.of());
    }

    /** The same with further headers. */
    Future<Reply> signInPage(Visit visit, String alert, int status, Map<String, String> further) {
        SessionCookie cookie = visit.cookie()
                .filter(known -> !known.isSession())
                .orElseGet(() -> parts.sessions().visitor(visit.tenant()));
        String csrf = parts.csrf().of(cookie);
        Map<String, String> headers = new HashMap<>(further);
        headers.put("set-cookie", cookie.header(isSecure()));
        return bus.askHere(ProviderAddresses.LIST, new ListProviders(), visit.origin())
                .map(providers -> providers.data().stream()
                        .map(provider ->
                                new External(visit.request().at("/oauth/external/" + provider.id()), provider.name()))
                        .toList())
                .map(external -> page(Pages.signIn(visit.request(), csrf, external, alert, status), headers));
    }

    /** Somebody has proven who they are: from now on the browser has a cookie that nobody has seen before. */
    Future<Reply> signedIn(Visit visit, User user) {
        visit.isBy(user, "users/" + user.id());
        return endOld(visit)
                .compose(_ -> parts.sessions().begin(visit.tenant(), user.id()))
                .map(cookie -> onward(
                        visit.request().at("/oauth/authorize"), Map.of("set-cookie", cookie.header(isSecure()))));
    }

    private Future<Void> endOld(Visit visit) {
        return visit.cookie()
                .filter(SessionCookie::isSession)
                .map(parts.sessions()::end)
                .orElseGet(Future::succeededFuture);
    }

    /** Whether a form was shown to this very browser. */
    boolean isOwnForm(Visit visit, JsonNode form) {
        return visit.cookie()
                .filter(cookie -> parts.csrf().isRight(cookie, form.path("csrf").asText()))
                .isPresent();
    }

    /** What goes wrong on the way is told on a page; a fault of ours stays one. */
    Future<Reply> told(Throwable failure) {
        if (!(failure instanceof ProblemException known)) {
            return Future.failedFuture(failure);
        }
        Page page = switch (known.problem()) {
            case Problem.NotFound gone -> Pages.problem(400, gone.detail());
            case Problem.PolicyDenied denied -> Pages.problem(403, denied.detail());
            case Problem.Unavailable away
            when away.part().equals("identity provider") -> Pages.problem(502, away.detail());
            default -> null;
        };
        return page == null ? Future.failedFuture(failure) : Future.succeededFuture(page(page));
    }

    static boolean isUnauthenticated(Throwable failure) {
        return failure instanceof ProblemException known && known.problem() instanceof Problem.Unauthenticated;
    }

    Reply page(Page page) {
        return page(page, Map.of());
    }

    private Reply page(Page page, Map<String, String> headers) {
        return page.reply(ContentPolicy.nonce(), headers);
    }

    /** The browser goes there by GET, whatever it came by. */
    static Reply onward(String location, Map<String, String> further) {
        Map<String, String> headers = new HashMap<>(further);
        headers.put("location", location);
        headers.put("cache-control", "no-store");
        headers.put("referrer-policy", "no-referrer");
        return new Reply.Encoded(303, headers, Buffer.buffer());
    }
}
