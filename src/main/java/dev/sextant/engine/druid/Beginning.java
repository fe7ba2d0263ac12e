package dev.sextant.engine.druid;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a datasource to life: its topics, what reads them, and where this node goes on from. What fails is tried again,
 * for as long as the engine is open.
 */
final class Beginning {

    /**
     * Who hears of what.
     *
     * @param orders all that was ordered before
     * @param rows what is read from then on, in its order
     * @param version that is visible at first
     */
    record Hearers(Consumer<List<Arrival>> orders, Consumer<Tail.Heard> rows, Consumer<Long> version) {}

    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);
    private static final long RETRY_MILLIS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So far back it is looked for where the last whole entry ended; further where none did. */
    private static final long LOOK_BACK = 5_000;

    private static final int FURTHER = 20;

    private final String datasource;
    private final Datasource.Means means;
    private final Hearers hearers;
    private volatile boolean closed;
    private volatile @Nullable Sequencer sequencer;
    private @Nullable Tail tail;

    Beginning(String datasource, Datasource.Means means, Hearers hearers) {
        this.datasource = datasource;
        this.means = means;
        this.hearers = hearers;
    }

    void start() {
        aside(this::topics);
    }

    private void aside(Runnable step) {
        if (closed) {
            return;
        }
        try {
            means.aside().execute(() -> {
                try {
                    step.run();
                } catch (RuntimeException e) {
                    again(step, e);
                }
            });
        } catch (RejectedExecutionException _) {
            LOG.debug("Datasource {} begins no more", datasource);
        }
    }

    private void again(Runnable step, Throwable failure) {
        if (!closed) {
            LOG.warn("Datasource {} cannot begin yet, problem[{}]", datasource, String.valueOf(failure));
            means.vertx().setTimer(RETRY_MILLIS, _ -> aside(step));
        }
    }

    private void topics() {
        try {
            new TopicSetup(means.config().kafka()).make(Topics.of(datasource));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        aside(this::sequence);
    }

    private synchronized void sequence() {
        if (means.config().dedupe().sequence() && sequencer == null && !closed) {
            sequencer = Sequencer.start(means.config(), datasource);
        }
        List<Arrival> heard = Tail.orders(means.config().kafka(), Topics.of(datasource));
        hearers.orders.accept(heard);
        Orders orders = new Orders();
        heard.forEach(orders::take);
        supervise(new SupervisorSpec(datasource, means.config(), orders.columns()));
    }

    private void supervise(SupervisorSpec specification) {
        means.overlord()
                .supervise(datasource, specification)
                .onSuccess(_ -> locate())
                .onFailure(failure -> again(() -> supervise(specification), failure));
    }

    /** Finds how far Druid is, and goes on from there. */
    private void locate() {
        means.overlord()
                .readers(datasource)
                .compose(readers -> means.overlord()
                        .reached(readers)
                        .onSuccess(offset -> aside(() -> takeUpAgain(readers.kept(), offset))))
                .onFailure(failure -> again(this::locate, failure));
    }

    /** What was deleted stays deleted also where Druid was brought back from a backup. */
    private void takeUpAgain(long kept, long reached) {
        new Relapse(datasource, means)
                .takeUpAgain(kept)
                .onSuccess(orders -> {
                    hearers.orders.accept(orders);
                    awaitSegments(reached);
                })
                .onFailure(failure -> again(this::locate, failure));
    }

    /** A Druid that has just been started loads segments for a while, and answers without them. */
    private void awaitSegments(long reached) {
        means.sql()
                .rows(StateQuery.unavailable(datasource), Deadline.in(PATIENCE), SqlAnswer.Bounds.SMALL)
                .map(StateQuery::count)
                .compose(lacking -> lacking == 0
                        ? Future.succeededFuture()
                        : Future.failedFuture(lacking + " segments are not there yet"))
                .onSuccess(_ -> aside(() -> follow(reached, LOOK_BACK)))
                .onFailure(failure -> again(() -> awaitSegments(reached), failure));
    }

    private synchronized void follow(long reached, long lookBack) {
        if (closed) {
            return;
        }
        if (tail != null) {
            tail.close();
        }
        Topics topics = Topics.of(datasource);
        hearers.orders.accept(Tail.orders(means.config().kafka(), topics));
        long from = Math.max(0, reached - lookBack);
        tail = new Tail(means.config().kafka(), topics, from, new FirstHeard(reached, from, lookBack));
    }

    /** Hears the tail until it has come to where Druid is. */
    private final class FirstHeard implements Consumer<Tail.Heard> {

        private final long reached;
        private final long from;
        private final long lookBack;
        private long version = -1;
        private boolean begun;
        private boolean given;

        FirstHeard(long reached, long from, long lookBack) {
            this.reached = reached;
            this.from = from;
            this.lookBack = lookBack;
        }

        @Override
        public void accept(Tail.Heard heard) {
            if (given) {
                return;
            }
            for (Arrival arrival : heard.arrivals()) {
                version = arrival.endOffset() < reached ? arrival.version() : version;
            }
            if (!begun && heard.position() >= reached) {
                settle();
            }
            hearers.rows.accept(heard);
        }

        private void settle() {
            begun = true;
            if (version >= 0) {
                hearers.version.accept(version);
            } else if (from > 0) {
                given = true;
                aside(() -> follow(reached, lookBack * FURTHER));
            } else if (reached == 0) {
                hearers.version.accept(0L);
            } else {
                latest();
            }
        }

        /** The topic holds nothing that Druid has read: what Druid has is all there is. */
        private void latest() {
            means.sql()
                    .ask(StateQuery.latestVersion(datasource), Deadline.in(PATIENCE), new RunHandle())
                    .compose(answer -> answer.all(SqlAnswer.Bounds.SMALL))
                    .map(rows -> rows.getFirst().getFirst() instanceof Long found ? found : 0L)
                    .recover(failure -> failure instanceof DruidFailure.UnknownName
                            ? Future.succeededFuture(0L)
                            : Future.failedFuture(failure))
                    .onSuccess(hearers.version::accept)
                    .onFailure(failure -> means.vertx().setTimer(RETRY_MILLIS, _ -> latest()));
        }
    }

    /** Whether this node is the one that drops the duplicates now. From any thread. */
    boolean isSequencing() {
        Sequencer begun = sequencer;
        return begun != null && begun.isAtWork();
    }

    /** Nothing begins any more. */
    void stop() {
        closed = true;
    }

    /** Blocks. */
    synchronized void close() {
        Tail following = tail;
        if (following != null) {
            following.close();
        }
        Sequencer sequencing = sequencer;
        if (sequencing != null) {
            sequencing.close();
        }
    }
}
