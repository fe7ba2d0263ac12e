package dev.sextant.engine.druid;

import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the tasks that read a datasource how far they are, again and again: often while something is on its way. On its loop
 * alone.
 *
 * <p>While none of them answers, what they have read and not handed over cannot be seen: whoever reads then may miss rows,
 * and is told so.
 */
final class Tasks {

    /** What the tasks' answers move. */
    interface Followed {

        /** They have read up to this offset. */
        void reach(long offset);

        /** Others read now. */
        void replaced();

        /** Nobody answers. */
        void unread();

        /** Whether something is on its way. */
        boolean isBehind();

        /** Whether whoever has read up to this offset has all that is visible, and brokers find it. */
        boolean covers(long offset);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

    /** How long nobody may answer before readers are refused: a task may be about to take over. */
    private static final Duration ABSENCE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Overlord overlord;
    private final String datasource;
    private final DruidConfig.Freshness config;
    private final Followed followed;
    private Overlord.Readers readers = Overlord.Readers.NOBODY;
    private List<String> lastActive = List.of();
    private List<Promise<Void>> confirming = new ArrayList<>();
    private boolean asking;
    private boolean closed;
    private boolean sound;
    private long soundAt = System.nanoTime();
    private long timer = -1;
    private long round;
    private volatile long unreadable;

    Tasks(Vertx vertx, Overlord overlord, String datasource, DruidConfig.Freshness config, Followed followed) {
        this.vertx = vertx;
        this.overlord = overlord;
        this.datasource = datasource;
        this.config = config;
        this.followed = followed;
    }

    /** Whether all that is visible was there when the tasks were asked last. */
    boolean isSound() {
        return sound;
    }

    /**
     * Completes when it is certain that what was visible when it was called has been there up to now. Fails at once where
     * that has been in doubt for long: who asks then need not wait to hear what others heard.
     */
    Future<Void> confirm() {
        long left = ABSENCE.toMillis() - (System.nanoTime() - soundAt) / 1_000_000;
        if (!sound && left <= 0) {
            return ProblemException.failed(DruidFailure.away());
        }
        Promise<Void> promise = Promise.promise();
        confirming.add(promise);
        long patience = sound ? ABSENCE.toMillis() : left;
        vertx.setTimer(patience, _ -> promise.tryFail(new ProblemException(DruidFailure.away())));
        soon();
        return promise.future();
    }

    /** Asks now, unless it is being asked. */
    void soon() {
        if (!asking && !closed) {
            vertx.cancelTimer(timer);
            ask();
        }
    }

    private void ask() {
        asking = true;
        round++;
        List<Promise<Void>> asked = confirming;
        confirming = new ArrayList<>();
        offset().onComplete(answer -> {
            asking = false;
            sound = answer.succeeded() && followed.covers(answer.result());
            if (sound) {
                soundAt = System.nanoTime();
                asked.forEach(Promise::tryComplete);
            } else {
                asked.stream().filter(promise -> !promise.future().isComplete()).forEach(confirming::add);
                readers = Overlord.Readers.NOBODY;
            }
            if (answer.cause() instanceof ConnectException) { // then nobody is there who could have a task take over
                soundAt = System.nanoTime() - ABSENCE.toNanos();
                confirming.forEach(promise -> promise.tryFail(new ProblemException(DruidFailure.away())));
                confirming.clear();
            }
            if (answer.succeeded()) {
                followed.reach(answer.result());
            } else {
                followed.unread();
            }
            again();
        });
    }

    private void again() {
        if (closed) {
            return;
        }
        boolean isAwaited = sound && !confirming.isEmpty();
        Duration pause = followed.isBehind() || !confirming.isEmpty() ? config.poll() : config.idlePoll();
        timer = vertx.setTimer(isAwaited ? 1 : pause.toMillis(), _ -> soon());
    }

    /** The greatest offset of those who answer. Every now and then it is asked who they are. */
    private Future<Long> offset() {
        boolean known = !readers.all().isEmpty() && readers.all().stream().allMatch(Overlord.Task::isThere);
        Future<Overlord.Readers> who = known && round % 20 != 0
                ? Future.succeededFuture(readers)
                : overlord.readers(datasource)
                        .onSuccess(this::know)
                        .recover(failure -> known ? Future.succeededFuture(readers) : Future.failedFuture(failure));
        return who.compose(overlord::reached);
    }

    private void know(Overlord.Readers found) {
        if (!found.active().equals(lastActive) && !found.active().isEmpty()) {
            LOG.info("Datasource {} is read by {}", datasource, found.active());
            lastActive = found.active();
            followed.replaced();
        }
        readers = found;
        found.all().stream()
                .filter(task -> task.isThere() && found.active().contains(task.id()))
                .forEach(task -> overlord.unreadable(task).onSuccess(this::tell));
    }

    private void tell(long rows) {
        if (rows > unreadable) {
            LOG.error("Datasource {}: Druid could not read {} rows", datasource, rows);
        }
        unreadable = rows;
    }

    /** Rows that the task that reads now could not read. From any thread. */
    long unreadable() {
        return unreadable;
    }

    void close() {
        closed = true;
        vertx.cancelTimer(timer);
        confirming.forEach(promise -> promise.tryFail(new ProblemException(DruidFailure.away())));
    }
}
