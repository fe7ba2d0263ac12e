package dev.sextant.live;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A live query that another node evaluates: whoever looks at it here is told what that one tells. It is asked again when it
 * says that it went on, and every second, in case that got lost; who asks is told all that is missing, in order.
 */
final class Relay implements Watched {

    /**
     * What all relays of a worker share.
     *
     * @param onLost told where the other node cannot be asked
     */
    record Parts(Wire wire, LiveRun run, LiveVoice voice, Consumer<Relay> onLost, Consumer<Watched> onEnd) {}

    private static final int FAILURES_MAX = 3;

    private final LiveId id;
    private final LiveKey key;
    private final LiveQuestion question;
    private final String owner;
    private final Parts parts;
    private final Context context;
    private final Audience audience;
    private @Nullable Resume told;
    private boolean isAsking;
    private boolean isToAskAgain;
    private boolean isOver;
    private int failures;

    /**
     * @param owner the node that evaluates it
     * @param told how far the audience was told
     */
    Relay(Subject of, String owner, Audience audience, @Nullable Resume told, Parts parts) {
        this.id = of.id();
        this.key = of.key();
        this.question = of.question();
        this.owner = owner;
        this.audience = audience;
        this.told = told;
        this.parts = parts;
        this.context = Vertx.currentContext();
    }

    /** Which live query it is, and what was asked, by any of those who look. */
    record Subject(LiveId id, LiveKey key, LiveQuestion question) {}

    @Override
    public LiveId id() {
        return id;
    }

    @Override
    public LiveKey key() {
        return key;
    }

    @Override
    public Audience audience() {
        return audience;
    }

    String owner() {
        return owner;
    }

    @Override
    public Future<Subscribed> subscribe(Seat seat, double hz, @Nullable Resume resume) {
        audience.take(seat, hz);
        return fetch(resume)
                .map(page -> {
                    if (told == null) {
                        told = new Resume(page.epoch(), page.offset());
                    }
                    return new Subscribed(id, key.query().dataset(), page.start());
                })
                .onFailure(_ -> unsubscribe(seat));
    }

    private Future<LivePage> fetch(@Nullable Resume resume) {
        Fetch.Follower self = new Fetch.Follower(parts.wire().self(), id.number());
        Fetch wish = Fetch.of(self, question, audience.fastestHz(1), resume);
        return parts.wire().fetch(owner, wish, parts.run().origin(key));
    }

    @Override
    public void unsubscribe(Seat seat) {
        audience.leave(seat);
        endIfEmpty();
    }

    @Override
    public void abandon(String place) {
        audience.leave(place);
        endIfEmpty();
    }

    private void endIfEmpty() {
        if (audience.isEmpty()) {
            end();
        }
    }

    /** The other node hears of data by itself. */
    @Override
    public void hear() {}

    /** Asks what is new; one question at a time. */
    void pull() {
        isToAskAgain = isAsking;
        if (isAsking || isOver || told == null) {
            return;
        }
        isAsking = true;
        fetch(told).onComplete(answer -> context.runOnContext(_ -> answered(answer)));
    }

    private void answered(AsyncResult<LivePage> answer) {
        isAsking = false;
        if (isOver) {
            return;
        }
        if (answer.succeeded()) {
            failures = 0;
            tell(answer.result());
        } else {
            failed(answer.cause());
        }
        if (isToAskAgain) {
            pull();
        }
    }

    private void tell(LivePage page) {
        told = new Resume(page.epoch(), page.offset());
        switch (page.start()) {
            case Start.Snapshot snapshot -> parts.voice().tell(this, new News.Restarted(snapshot));
            case Start.Missed missed ->
                missed.deltas().forEach(delta -> parts.voice().tell(this, new News.Changed(delta)));
        }
    }

    private void failed(Throwable failure) {
        failures++;
        if (failure instanceof ProblemException known && !isOfWay(known.problem())) {
            parts.voice().tell(this, new News.Failed(known.problem(), true));
            end();
        } else if (failures >= FAILURES_MAX) {
            parts.onLost().accept(this);
        }
    }

    /** Whether it is about the way to the other node, and not about the query. */
    static boolean isOfWay(Problem problem) {
        return switch (problem) {
            case Problem.Overloaded _,
                    Problem.Unavailable _,
                    Problem.IdentityUnavailable _,
                    Problem.DeadlineExceeded _,
                    Problem.Fault _ -> true;
            case Problem.LimitExceeded limit -> limit.limit().equals("bus.bytes_max");
            default -> false;
        };
    }

    /** How far the audience was told; null where it was told nothing. */
    @Nullable
    Resume told() {
        return told;
    }

    @Override
    public void end() {
        if (!isOver) {
            isOver = true;
            parts.onEnd().accept(this);
        }
    }

    /** Another one takes its place: it tells nobody any more. */
    void yieldPlace() {
        isOver = true;
    }
}
