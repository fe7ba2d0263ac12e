package dev.sextant.push;

import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Trace;
import dev.sextant.live.LiveAddresses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Owns the sockets of its event loop: hears the news for them, and keeps an eye on them. One on each loop. */
final class PushVerticle extends VerticleBase {

    /** A credential that has ended is found out so soon, after the authenticator knows. */
    private static final long CHECK_MILLIS = 500;

    private static final long FAREWELL_MILLIS_MAX = 1000;

    private final Hub.Parts parts;
    private final Loops loops;
    private @Nullable Hub hub;

    PushVerticle(Hub.Parts parts, Loops loops) {
        this.parts = parts;
        this.loops = loops;
    }

    @Override
    public Future<?> start() {
        Hub made = new Hub(vertx, parts);
        hub = made;
        vertx.setPeriodic(CHECK_MILLIS, _ -> check(made));
        vertx.setPeriodic(
                parts.config().times().heartbeat().toMillis(), _ -> made.sessions()
                        .forEach(Session::beat));
        return parts.bus()
                .answer(LiveAddresses.delivery(made.place()), (message, _) -> Future.succeededFuture(made.deliver(message)))
                .onSuccess(_ -> loops.put(made));
    }

    /** Each credential once, however many sockets it opened. */
    private static void check(Hub hub) {
        Trace trace = Trace.begin(ThreadLocalRandom.current());
        Map<Doorkeeper.Visit, Future<Principal>> visitToProof = new HashMap<>();
        hub.sessions().forEach(session -> session.standing().visit().ifPresent(visit -> visitToProof
                .computeIfAbsent(visit, _ -> hub.doorkeeper().prove(visit.credential(), visit.named(), trace))
                .onComplete(proof -> session.standing().checked(visit, proof))));
    }

    /** Sends everybody elsewhere, and waits a moment for them to go. */
    @Override
    public Future<?> stop() {
        Hub mine = Objects.requireNonNull(hub, "It was started");
        loops.remove(mine);
        List<Session> there = mine.sessions();
        there.forEach(Session::move);
        return Future.join(there.stream().map(Session::closed).toList())
                .timeout(FAREWELL_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }
}
