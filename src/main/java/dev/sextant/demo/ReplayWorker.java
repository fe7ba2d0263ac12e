package dev.sextant.demo;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a feed has due, over and over. What could not be appended is sent again, the same ids and all, after a pause
 * that doubles up to half a minute; only the first failure in a row is logged. One batch is under way at a time.
 */
final class ReplayWorker extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayWorker.class);
    private static final int BATCH_EVENTS_MAX = 2_000;
    private static final int DOUBLINGS_MAX = 16;
    private static final Duration NO_PAUSE = Duration.ofMillis(1);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

    private final DemoClient client;
    private final Target target;
    private final LiveFeed feed;
    private final Duration every;
    private final InstantSource clock;

    private List<byte[]> unsent = List.of();
    private Future<?> underWay = Future.succeededFuture();
    private int failures;
    private boolean stopping;

    ReplayWorker(DemoClient client, Target target, LiveFeed feed, Duration every, InstantSource clock) {
        this.client = client;
        this.target = target;
        this.feed = feed;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        schedule(every);
        return Future.succeededFuture();
    }

    /** Done when the batch that is under way is answered. */
    @Override
    public Future<?> stop() {
        stopping = true;
        return underWay.otherwiseEmpty();
    }

    private void schedule(Duration pause) {
        vertx.setTimer(pause.toMillis(), _ -> send());
    }

    private void send() {
        if (!stopping) {
            underWay = Future.succeededFuture()
                    .map(_ -> next())
                    .compose(batch ->
                            batch.isEmpty() ? Future.succeededFuture() : client.append(target, Lines.of(batch)))
                    .onSuccess(_ -> sent())
                    .onFailure(this::failed);
        }
    }

    private List<byte[]> next() {
        if (unsent.isEmpty()) {
            unsent = feed.due(clock.instant(), BATCH_EVENTS_MAX);
        }
        return unsent;
    }

    private void sent() {
        if (failures > 0) {
            LOG.info("Replay goes on for tenant[{}]", target.tenant());
        }
        boolean isFull = unsent.size() == BATCH_EVENTS_MAX;
        failures = 0;
        unsent = List.of();
        schedule(isFull ? NO_PAUSE : every);
    }

    private void failed(Throwable failure) {
        if (failures == 0 && !stopping) {
            LOG.warn("Replay waits for tenant[{}]: {}", target.tenant(), failure.getMessage());
        }
        failures = Math.min(failures + 1, DOUBLINGS_MAX);
        Duration pause = every.multipliedBy(1L << failures);
        schedule(pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause);
    }
}
