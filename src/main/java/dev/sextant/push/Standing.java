package dev.sextant.push;

import dev.sextant.http.Call;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Whom a session belongs to, and whether that still holds. On the hub's loop. */
final class Standing {

    private final Hub hub;
    private final Call call;
    private final Session session;
    private @Nullable Badge badge;
    private boolean isProving;
    private boolean isReminded;
    private boolean isDoubted;
    private long doubtedNanos;

    Standing(Hub hub, Call call, Session session) {
        this.hub = hub;
        this.call = call;
        this.session = session;
    }

    /** Nobody, until it is proven. */
    Principal principal() {
        return badge == null ? Principal.NOBODY : badge.principal();
    }

    boolean isProven() {
        return badge != null;
    }

    boolean isProving() {
        return isProving;
    }

    /** Proves it the first time: by what the request brought, or else by the first frame. */
    void begin(@Nullable String authorization) {
        Optional<String> ticket = call.params().find("ticket", String.class);
        if (authorization != null) {
            admit(new Badge(new Credential.Bearer(authorization), call.principal()));
        } else if (ticket.isPresent()) {
            prove(hub.doorkeeper().redeem(ticket.get(), call.client(), call.trace()));
        } else {
            hub.in(hub.config().times().authPatience().toMillis(), this::endUnlessSaid);
        }
    }

    private void endUnlessSaid() {
        if (badge == null && !isProving) {
            session.close(CloseCode.AUTH_TIMEOUT, "The first frame, auth, did not come in time.");
        }
    }

    void authenticate(String token) {
        prove(Future.succeededFuture(new Credential.Bearer("Bearer " + token)));
    }

    /** Frames that come meanwhile wait. */
    private void prove(Future<Credential> credential) {
        isProving = true;
        session.pause();
        credential
                .compose(shown -> hub.doorkeeper()
                        .prove(visit(shown), call.trace())
                        .map(principal -> new Badge(shown, bonded(principal))))
                .onComplete(proven -> {
                    isProving = false;
                    if (proven.succeeded()) {
                        admit(proven.result());
                    } else {
                        refuse(proven.cause());
                    }
                    session.resume();
                });
    }

    /** Fails where the key works with a certificate only that the socket was not opened with. */
    Principal bonded(Principal principal) {
        try {
            hub.parts().messages().requireBond(principal, call.receiver().certificate());
            return principal;
        } catch (ProblemException refusal) {
            throw new ProblemException(refusal.problem(), principal);
        }
    }

    private Doorkeeper.Visit visit(Credential shown) {
        Optional<TenantId> named = call.params().find("tenant_id", String.class).map(TenantId::new);
        return new Doorkeeper.Visit(shown, call.client(), named);
    }

    private void admit(Badge shown) {
        if (badge != null && !badge.hasRightsOf(shown.principal())) {
            session.close(CloseCode.FORBIDDEN, "The new credential is not of the same tenant.");
            return;
        }
        badge = shown;
        call.usage().by(shown.principal());
        isReminded = false;
        session.ready();
    }

    private void refuse(Throwable failure) {
        if (failure instanceof ProblemException known) {
            call.usage().refused(known);
        }
        Problem problem = problem(failure);
        session.close(CloseCode.of(problem), problem.detail());
    }

    /** What is to be proven again; nothing before the first time. */
    Optional<Doorkeeper.Visit> visit() {
        return Optional.ofNullable(badge).map(known -> visit(known.credential()));
    }

    /** It was proven again, or was not. */
    void checked(Doorkeeper.Visit visit, AsyncResult<Principal> proof) {
        if (badge == null || !badge.credential().equals(visit.credential())) {
            return;
        }
        if (proof.failed()) {
            CloseCode code = CloseCode.of(problem(proof.cause()));
            if (code != CloseCode.TRY_LATER || isDoubtedForLong()) {
                refuse(proof.cause());
            }
            return;
        }
        isDoubted = false;
        if (badge.hasRightsOf(proof.result())) {
            remind(badge.credential());
        } else {
            session.close(CloseCode.UNAUTHENTICATED, "The rights of the credential have changed.");
        }
    }

    private boolean isDoubtedForLong() {
        if (!isDoubted) {
            isDoubted = true;
            doubtedNanos = System.nanoTime();
        }
        return System.nanoTime() - doubtedNanos > hub.config().times().doubt().toNanos();
    }

    /** Tells the client once that its credential ends soon. */
    private void remind(Credential credential) {
        if (isReminded || !(credential instanceof Credential.Bearer bearer)) {
            return;
        }
        OptionalLong end = hub.parts().authenticator().endsAtMillis(bearer.authorization());
        long leftMillis =
                end.orElse(Long.MAX_VALUE) - hub.parts().node().clock().millis();
        if (leftMillis <= hub.config().times().expiryNotice().toMillis()) {
            isReminded = true;
            session.outlet().send(ServerFrames.tokenExpiring(Math.max(0, leftMillis)));
        }
    }

    private static Problem problem(Throwable failure) {
        return failure instanceof ProblemException known
                ? known.problem()
                : new Problem.Unavailable("identity", "The credential could not be checked; try again shortly.");
    }
}
