package dev.sextant.push;

import dev.sextant.bus.Bus;
import dev.sextant.http.Authenticator;
import dev.sextant.http.MessageSecurity;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Trace;
import dev.sextant.live.Deliver;
import dev.sextant.live.Delivered;
import dev.sextant.live.LiveAddresses;
import dev.sextant.live.LiveId;
import dev.sextant.live.Resume;
import dev.sextant.live.Seat;
import dev.sextant.live.Subscribed;
import dev.sextant.live.Unsubscribe;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The sockets of one event loop, and their seats at live queries. All of it on that loop. */
final class Hub {

    /** What all hubs share. */
    record Parts(
            Bus bus,
            Authenticator authenticator,
            MessageSecurity messages,
            SocketCounts counts,
            PushConfig config,
            PushFeature.Node node) {}

    /** A credential that has ended is found out so soon, after the authenticator knows. */
    private static final long CHECK_MILLIS = 500;

    private static final long FAREWELL_MILLIS_MAX = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Context context;
    private final Parts parts;
    private final Doorkeeper doorkeeper;
    private final String place = Ids.make("hub");
    private final Set<Session> sessions = new HashSet<>();
    private final Map<LiveId, Set<Subscription>> liveToSubscriptions = new HashMap<>();
    private long lastSeat;

    /** Made on its loop. */
    Hub(Vertx vertx, Parts parts) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.parts = parts;
        this.doorkeeper = new Doorkeeper(parts.bus(), parts.authenticator());
    }

    void start() {
        vertx.setPeriodic(CHECK_MILLIS, _ -> check());
        vertx.setPeriodic(config().times().heartbeat().toMillis(), _ -> all().forEach(Session::beat));
        parts.bus().answer(LiveAddresses.delivery(place), (message, _) -> Future.succeededFuture(deliver(message)));
    }

    /** Each credential once, however many sockets it opened. */
    private void check() {
        Trace trace = Trace.begin(ThreadLocalRandom.current());
        Map<Doorkeeper.Visit, Future<Principal>> visitToProof = new HashMap<>();
        for (Session session : all()) {
            session.standing()
                    .visit()
                    .ifPresent(visit -> visitToProof
                            .computeIfAbsent(visit, _ -> prove(visit, trace))
                            .map(session.standing()::bonded)
                            .onComplete(proof -> session.standing().checked(visit, proof)));
        }
    }

    private Future<Principal> prove(Doorkeeper.Visit visit, Trace trace) {
        return Future.succeededFuture(visit).compose(shown -> doorkeeper.prove(shown, trace));
    }

    /** Sends everybody elsewhere after a while, if {@code isToGo} still then. From any thread. */
    void moveAll(long afterMillis, BooleanSupplier isToGo) {
        context.runOnContext(_ -> in(afterMillis, () -> {
            if (isToGo.getAsBoolean()) {
                all().forEach(Session::move);
            }
        }));
    }

    /** Sends everybody elsewhere, and waits a moment for them to go. */
    Future<?> stop() {
        List<Session> there = all();
        there.forEach(Session::move);
        return Future.join(there.stream().map(Session::closed).toList())
                .timeout(FAREWELL_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    PushConfig config() {
        return parts.config();
    }

    Parts parts() {
        return parts;
    }

    Doorkeeper doorkeeper() {
        return doorkeeper;
    }

    void in(long millis, Runnable work) {
        vertx.setTimer(Math.max(1, millis), _ -> work.run());
    }

    void add(Session session) {
        sessions.add(session);
    }

    void remove(Session session) {
        sessions.remove(session);
    }

    /** A copy: sessions end while they are looked through. */
    private List<Session> all() {
        return List.copyOf(sessions);
    }

    Seat newSeat() {
        return new Seat(place, ++lastSeat);
    }

    /** Asks for a seat. Fails where the question is refused. */
    Future<Subscribed> join(Subscription subscription, Principal principal, @Nullable Resume resume) {
        Session session = subscription.session();
        Origin origin = new Origin(principal, session.trace(), Deadline.in(PATIENCE));
        return parts.bus()
                .askHere(LiveAddresses.SUBSCRIBE, subscription.join(resume), origin)
                .map(subscribed -> {
                    seat(subscription, subscribed, resume);
                    return subscribed;
                });
    }

    private void seat(Subscription subscription, Subscribed subscribed, @Nullable Resume resume) {
        if (subscription.isOver()) {
            giveUp(subscribed.id(), subscription);
            return;
        }
        unseat(subscription);
        liveToSubscriptions
                .computeIfAbsent(subscribed.id(), _ -> new LinkedHashSet<>())
                .add(subscription);
        subscription.begin(subscribed, resume);
    }

    /** Gives up the seat, if there is one. */
    void leave(Subscription subscription) {
        LiveId live = unseat(subscription);
        if (live != null) {
            giveUp(live, subscription);
        }
    }

    private @Nullable LiveId unseat(Subscription subscription) {
        LiveId live = subscription.live();
        if (live != null) {
            liveToSubscriptions.computeIfPresent(live, (_, there) -> {
                there.remove(subscription);
                return there.isEmpty() ? null : there;
            });
        }
        return live;
    }

    private void giveUp(LiveId live, Subscription subscription) {
        Session session = subscription.session();
        Origin origin = new Origin(session.standing().principal(), session.trace(), Deadline.in(PATIENCE));
        parts.bus().askHere(LiveAddresses.UNSUBSCRIBE, new Unsubscribe(live, subscription.seat()), origin);
    }

    /** Tells all who look at that live query. */
    private Delivered deliver(Deliver message) {
        Set<Subscription> there = liveToSubscriptions.get(message.id());
        if (there == null) {
            return new Delivered(false);
        }
        List.copyOf(there).forEach(subscription -> subscription.take(message.news()));
        return new Delivered(true);
    }
}
