package dev.sextant.live;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.cache.ResultTable;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One live query: decides when it is asked, and tells its audience what changed.
 *
 * <p>It is asked once at a time, at the pace of its fastest subscriber, soon after data came, and when its time goes on; a
 * failure is tried again, later each time. Whoever subscribes while something is not told yet waits for that, so that what
 * was stored before the subscription is in what it begins with. All calls on the worker's context.
 */
final class Evaluation implements Watched {

    /** What all evaluations of a worker share. */
    record Parts(Vertx vertx, LiveRun run, LiveVoice voice, LiveConfig config) {}

    private enum Phase {
        IDLE,
        DUE,
        RUNNING,
        OVER
    }

    /** With so many failures in a row, the audience is told; once. */
    private static final int TOLD_FAILURES = 3;

    private static final long RETRY_MILLIS_MIN = 250;
    private static final long RETRY_MILLIS_MAX = 10_000;

    private final LiveId id;
    private final LiveKey key;
    private final Parts parts;
    private final Consumer<Watched> onEnd;
    private final Context context;
    private final Audience audience;
    private final LiveState state;
    private final Pace pace;
    private final LiveTimers timers;

    /** Those who wait for the answer that is under way, and those who wait for the one after that. */
    private final List<Promise<Void>> waitingNow = new ArrayList<>();

    private final List<Promise<Void>> waitingNext = new ArrayList<>();
    private Phase phase = Phase.IDLE;
    private boolean isStale = true;
    private int failures;
    private @Nullable Long heardNanos;

    /** Made on the worker's context, where it stays. */
    Evaluation(LiveId id, LiveKey key, Audience audience, Parts parts, Consumer<Watched> onEnd) {
        this.id = id;
        this.key = key;
        this.audience = audience;
        this.parts = parts;
        this.onEnd = onEnd;
        this.context = parts.vertx().getOrCreateContext();
        this.state = new LiveState(parts.config());
        this.pace = new Pace(1, System.nanoTime());
        this.timers = new LiveTimers(parts.vertx());
    }

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

    @Override
    public Future<Subscribed> subscribe(Seat seat, double hz, @Nullable Resume resume) {
        timers.cancel(LiveTimers.Kind.LINGER);
        pace.set(Math.max(hz, audience.fastestHz(hz)), System.nanoTime());
        if (phase == Phase.IDLE && !isStale) {
            return Future.succeededFuture(seated(seat, hz, resume));
        }
        Promise<Void> answered = Promise.promise();
        (phase == Phase.RUNNING && !isStale ? waitingNow : waitingNext).add(answered);
        if (phase != Phase.RUNNING) {
            schedule(0);
        }
        return answered.future().map(_ -> seated(seat, hz, resume));
    }

    /** For an audience that was told by another node: that is void. */
    void tellAllAnew() {
        Promise<Void> answered = Promise.promise();
        waitingNext.add(answered);
        schedule(0);
        answered.future().onSuccess(_ -> {
            if (state.start(null) instanceof Start.Snapshot snapshot) {
                parts.voice().tell(this, new News.Restarted(snapshot));
            }
        });
    }

    /** Nobody waits for an answer. */
    boolean isQuiet() {
        return phase == Phase.IDLE && waitingNow.isEmpty() && waitingNext.isEmpty() && state.isThere();
    }

    /** How far the audience was told. Only once there is an answer. */
    Resume told() {
        return state.told();
    }

    /** Another one takes its place: it tells nobody any more. */
    void yieldPlace() {
        phase = Phase.OVER;
        timers.cancelAll();
    }

    private Subscribed seated(Seat seat, double hz, @Nullable Resume resume) {
        audience.take(seat, hz);
        pace.set(audience.fastestHz(hz), System.nanoTime());
        return new Subscribed(id, key.query().dataset(), state.start(resume));
    }

    @Override
    public void unsubscribe(Seat seat) {
        audience.leave(seat);
        settle();
    }

    @Override
    public void abandon(String place) {
        audience.leave(place);
        settle();
    }

    /** With nobody there, it stands still, and ends after a while. */
    private void settle() {
        if (phase == Phase.OVER || !isUnwatched()) {
            pace.set(audience.fastestHz(1), System.nanoTime());
            return;
        }
        timers.cancel(LiveTimers.Kind.IDLE);
        if (timers.cancel(LiveTimers.Kind.DUE)) {
            phase = Phase.IDLE;
        }
        isStale = true;
        if (state.isThere()) {
            timers.set(LiveTimers.Kind.LINGER, parts.config().linger().toMillis(), this::end);
        } else {
            end();
        }
    }

    private boolean isUnwatched() {
        return audience.isEmpty() && waitingNow.isEmpty() && waitingNext.isEmpty();
    }

    @Override
    public void end() {
        phase = Phase.OVER;
        timers.cancelAll();
        onEnd.accept(this);
    }

    @Override
    public void hear() {
        if (heardNanos == null) {
            heardNanos = System.nanoTime();
        }
        touch();
    }

    private void touch() {
        isStale = true;
        if (phase == Phase.IDLE && !isUnwatched()) {
            schedule(parts.config().debounce().toMillis());
        }
    }

    private void schedule(long delayMillis) {
        phase = Phase.DUE;
        long paceMillis = Math.ceilDiv(pace.waitNanos(System.nanoTime()), 1_000_000L);
        timers.set(LiveTimers.Kind.DUE, Math.max(delayMillis, paceMillis), this::ask);
    }

    private void ask() {
        phase = Phase.RUNNING;
        isStale = false;
        Long heard = heardNanos;
        heardNanos = null;
        waitingNow.addAll(waitingNext);
        waitingNext.clear();
        pace.take(System.nanoTime());
        parts.run().ask(key).onComplete(answer -> context.runOnContext(_ -> answered(answer, heard)));
    }

    private void answered(AsyncResult<ResultTable> answer, @Nullable Long heard) {
        if (phase == Phase.OVER) {
            return;
        }
        phase = Phase.IDLE;
        if (answer.succeeded()) {
            failures = 0;
            state.advance(answer.result(), heard)
                    .ifPresent(news -> parts.voice().tell(this, news));
            letIn(waitingNow, Promise::complete);
        } else {
            failed(((ProblemException) answer.cause()).problem(), heard);
        }
        goOn();
    }

    private void goOn() {
        if (phase == Phase.OVER) {
            return;
        }
        if (isUnwatched()) {
            settle();
            return;
        }
        timers.set(LiveTimers.Kind.IDLE, parts.run().idleMillis(key), this::touch);
        if (phase == Phase.IDLE && isStale) {
            schedule(parts.config().debounce().toMillis());
        }
    }

    private void failed(Problem problem, @Nullable Long heard) {
        failures++;
        isStale = true;
        heardNanos = heard == null ? heardNanos : heard;
        letIn(waitingNow, promise -> promise.fail(new ProblemException(problem)));
        letIn(waitingNext, promise -> promise.fail(new ProblemException(problem)));
        boolean isFinal = isFinal(problem);
        if (isFinal || failures == TOLD_FAILURES) {
            parts.voice().tell(this, new News.Failed(problem, isFinal));
        }
        if (isFinal) {
            end();
        } else if (!isUnwatched()) {
            schedule(Math.min(RETRY_MILLIS_MAX, RETRY_MILLIS_MIN << Math.min(failures - 1, 10)));
        }
    }

    private static void letIn(List<Promise<Void>> waiting, Consumer<Promise<Void>> answer) {
        List<Promise<Void>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(answer);
    }

    /** Whether asking again would not help. */
    private static boolean isFinal(Problem problem) {
        return switch (problem) {
            case Problem.Overloaded _,
                    Problem.Unavailable _,
                    Problem.IdentityUnavailable _,
                    Problem.DeadlineExceeded _ -> false;
            default -> true;
        };
    }
}
