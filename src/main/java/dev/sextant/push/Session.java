package dev.sextant.push;

import dev.sextant.http.Authorization;
import dev.sextant.http.Call;
import dev.sextant.http.FaultLog;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.AlreadyExists;
import dev.sextant.kernel.Problem.LimitExceeded;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.kernel.Trace;
import dev.sextant.live.News;
import dev.sextant.live.Resume;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One socket: reads its frames, and holds its subscriptions. On the hub's loop, which is the one that accepted it. */
final class Session {

    private static final int FRAME_CHARACTERS_MAX = 64 << 10;

    /** Clients that come back all at once are spread over so long. */
    private static final long RETRY_MILLIS_MIN = 200;

    private static final long RETRY_MILLIS_MAX = 1000;
    private static final int SILENT_HEARTBEATS_MAX = 3;

    private final String id = Ids.make("ses");
    private final Hub hub;
    private final Trace trace;
    private final ServerWebSocket socket;
    private final Outlet outlet;
    private final Standing standing;
    private final FrameReader reader;
    private final LookedAt lookedAt;
    private final Map<String, Subscription> idToSubscription = new HashMap<>();
    private final Promise<Void> closed = Promise.promise();
    private @Nullable TenantId countedTenant;
    private boolean isOver;
    private long heardNanos = System.nanoTime();

    private Session(Hub hub, Call call, ServerWebSocket socket) {
        this.hub = hub;
        this.trace = call.trace();
        this.socket = socket;
        this.outlet = new Outlet(socket);
        this.standing = new Standing(hub, call, this);
        this.reader = new FrameReader(hub.config().flow().hzMax());
        this.lookedAt = new LookedAt(call.usage());
    }

    /** Takes the socket over. */
    static void open(Hub hub, Call call, ServerWebSocket socket) {
        Session session = new Session(hub, call, socket);
        hub.add(session);
        socket.closeHandler(_ -> session.ended());
        socket.exceptionHandler(_ -> session.close(CloseCode.BAD_FRAME, "That is no WebSocket, or too large a frame."));
        socket.textMessageHandler(session::read);
        socket.binaryMessageHandler(_ -> session.close(CloseCode.BAD_FRAME, "Frames are text; this one is binary."));
        socket.pongHandler(_ -> session.heard());
        socket.drainHandler(_ -> session.drained());
        socket.shutdownHandler(_ -> session.move());
        if (hub.parts().counts().open()) {
            boolean isKnown = !call.principal().equals(Principal.NOBODY);
            session.standing.begin(isKnown ? Authorization.of(socket.headers().get("authorization")) : null);
        } else {
            session.close(CloseCode.LIMIT, "This node has as many sockets as it takes.");
        }
    }

    Outlet outlet() {
        return outlet;
    }

    Standing standing() {
        return standing;
    }

    Trace trace() {
        return trace;
    }

    void pause() {
        socket.pause();
    }

    void resume() {
        socket.resume();
    }

    /** It is known whom the session belongs to. */
    void ready() {
        TenantId tenant = standing.principal().tenant();
        if (countedTenant == null && !isOver) {
            countedTenant = tenant;
            if (!hub.parts().counts().open(tenant)) {
                close(CloseCode.LIMIT, "The tenant has as many sockets as it may have on a node.");
                return;
            }
        }
        long heartbeatMillis = hub.config().times().heartbeat().toMillis();
        outlet.send(ServerFrames.ready(
                id,
                hub.parts().node().name(),
                heartbeatMillis,
                hub.config().flow().credits()));
    }

    private void read(String text) {
        heard();
        if (isOver) {
            return;
        }
        ClientFrame frame = text.length() > FRAME_CHARACTERS_MAX
                ? new ClientFrame.Unreadable("A frame has at most %d characters.".formatted(FRAME_CHARACTERS_MAX))
                : reader.read(text);
        if (frame instanceof ClientFrame.Unreadable unreadable) {
            close(CloseCode.BAD_FRAME, unreadable.reason());
        } else if (standing.isProven() || frame instanceof ClientFrame.Auth) {
            take(frame);
        } else {
            close(CloseCode.UNAUTHENTICATED, "The first frame must be auth, with a token.");
        }
        if (!isOver && outlet.isFull()) {
            pause(); // Who does not read what we say is not heard; drained() goes on.
        }
    }

    private void take(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Auth auth -> standing.authenticate(auth.token());
            case ClientFrame.Open wish -> subscribe(wish);
            case ClientFrame.Ack ack -> find(ack.id()).ifPresent(there -> there.credit(ack.credits()));
            case ClientFrame.Close wish -> find(wish.id()).ifPresent(this::unsubscribe);
            case ClientFrame.Refused refused -> tell(refused.id(), refused.problem());
            case ClientFrame.Unreadable unreadable -> close(CloseCode.BAD_FRAME, unreadable.reason());
        }
    }

    private Optional<Subscription> find(String subscription) {
        return Optional.ofNullable(idToSubscription.get(subscription));
    }

    private void subscribe(ClientFrame.Open wish) {
        int most = hub.config().sockets().subscriptionsMax();
        if (idToSubscription.containsKey(wish.id())) {
            tell(wish.id(), new AlreadyExists("There is a subscription of this id: unsubscribe it first."));
        } else if (idToSubscription.size() >= most) {
            String detail = "A socket has at most %d subscriptions.".formatted(most);
            tell(wish.id(), new LimitExceeded("push.sockets.subscriptions_max", most, detail));
        } else {
            Subscription subscription = new Subscription(this, hub, wish);
            idToSubscription.put(wish.id(), subscription);
            join(subscription, wish.resume());
        }
    }

    /** Takes a seat, or takes it again where deltas got lost. */
    void join(Subscription subscription, @Nullable Resume resume) {
        hub.join(subscription, standing.principal(), resume)
                .onSuccess(subscribed -> lookedAt.add(subscribed.dataset()))
                .onFailure(failure -> refuse(subscription, failure));
    }

    private void refuse(Subscription subscription, Throwable failure) {
        Problem problem = failure instanceof ProblemException known
                ? ServerFrames.inFrame(known.problem())
                : new Problem.Unavailable("live", "The live query could not be asked; try again shortly.");
        failed(subscription, new News.Failed(problem, true));
    }

    /** Its live query cannot be answered. */
    void failed(Subscription subscription, News.Failed failed) {
        if (!subscription.isOver()) {
            tell(subscription.id(), failed.problem());
            if (failed.over()) {
                unsubscribe(subscription);
            }
        }
    }

    private void tell(@Nullable String subscription, Problem problem) {
        FaultLog.told(problem, trace);
        outlet.send(ServerFrames.error(subscription, problem, trace));
    }

    private void unsubscribe(Subscription subscription) {
        subscription.end();
        idToSubscription.remove(subscription.id());
        hub.leave(subscription);
    }

    private void heard() {
        heardNanos = System.nanoTime();
    }

    private void drained() {
        idToSubscription.values().forEach(Subscription::flush);
        if (!standing.isProving() && !outlet.isFull()) {
            resume();
        }
    }

    /** Asks whether anybody is still there; whoever was silent for long is not. */
    void beat() {
        long silentNanos = System.nanoTime() - heardNanos;
        if (silentNanos
                > SILENT_HEARTBEATS_MAX * hub.config().times().heartbeat().toNanos()) {
            close(CloseCode.GONE, "No ping was answered.");
        } else {
            outlet.ping();
        }
    }

    /** This node goes: the client should resume elsewhere. */
    void move() {
        if (!isOver) {
            long retryMillis = ThreadLocalRandom.current().nextLong(RETRY_MILLIS_MIN, RETRY_MILLIS_MAX);
            outlet.send(ServerFrames.moving(retryMillis));
            close(CloseCode.RESTART, "The node stops; resume elsewhere.");
        }
    }

    void close(CloseCode code, String reason) {
        if (!isOver) {
            endAll();
            outlet.close(code, reason);
            resume(); // What is not read hides the other side's last frame.
        }
    }

    private void ended() {
        endAll();
        hub.remove(this);
        hub.parts().counts().close();
        if (countedTenant != null) {
            hub.parts().counts().close(countedTenant);
        }
        closed.tryComplete();
    }

    private void endAll() {
        isOver = true;
        List.copyOf(idToSubscription.values()).forEach(this::unsubscribe);
    }

    /** Done when the connection is. */
    Future<Void> closed() {
        return closed.future();
    }
}
