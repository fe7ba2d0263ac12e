package dev.sextant.engine.druid;

import dev.sextant.engine.CommitListener;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.RunHandle;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One datasource, as this node sees it: what is visible, what holds, how far its datasets are. All that it knows lives on
 * its loop; its calls may come from any thread, and complete on the loop.
 *
 * <p>It begins as soon as Kafka and Druid let it, and until then it fails with {@code Unavailable}.
 */
final class Datasource implements Tasks.Followed {

    /** What the datasources of an engine share. */
    record Means(
            Vertx vertx,
            DruidConfig config,
            SqlClient sql,
            Brokers brokers,
            Overlord overlord,
            SpoolingIntake intake,
            ExecutorService aside,
            InstantSource clock) {}

    private static final Duration QUERY_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PROOF_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SUPERVISE_EVERY = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Datasource.class);

    final String name;
    private final Means means;
    private final Context loop;
    private final Orders orders = new Orders();
    private final Progress progress;
    private final Ledger ledger;
    private final Tasks tasks;
    private final Schema schema;
    private final Beginning beginning;
    private final Promise<Void> known = Promise.promise();
    private final Removals removals;
    private final Set<String> declared = new HashSet<>();
    private boolean begun;
    private volatile long removal;
    private long acknowledged;
    private long supervised = System.nanoTime();
    private volatile long behind;
    private final LongAdder dropped = new LongAdder();

    Datasource(String name, Means means, CommitListener listener) {
        this.name = name;
        this.means = means;
        this.loop = means.vertx().getOrCreateContext();
        this.progress = new Progress(this::show, this::prove, orders::mayBeGone, this::segment);
        this.removals = new Removals(this, means);
        this.ledger = new Ledger(means.clock(), listener, this::read);
        this.tasks =
                new Tasks(means.vertx(), means.overlord(), name, means.config().freshness(), this);
        this.schema = new Schema(means.vertx(), means.sql(), means.brokers(), name);
        this.beginning = new Beginning(
                name,
                means,
                new Beginning.Hearers(
                        heard -> loop.runOnContext(_ -> orders(heard)),
                        heard -> loop.runOnContext(_ -> hear(heard)),
                        version -> loop.runOnContext(_ -> begin(version))));
    }

    /** Begins, for as long as it takes. */
    void start() {
        long period = means.config().datasources().removalPeriod().toMillis();
        removal = means.vertx().setPeriodic(period, _ -> loop.runOnContext(_ -> remove()));
        means.brokers().onReturn(() -> loop.runOnContext(_ -> progress.doubt()));
        beginning.start();
    }

    private void remove() {
        if (begun && beginning.isSequencing()) {
            removals.step(orders.deletions(), orders.dropped(), orders.columns());
        }
    }

    private void orders(List<Arrival> heard) {
        heard.forEach(orders::take);
        known.tryComplete();
    }

    private void begin(long version) {
        progress.beginAt(version);
        begun = true;
        tasks.soon();
    }

    private void hear(Tail.Heard heard) {
        for (Arrival arrival : heard.arrivals()) {
            orders.take(arrival);
            dropped.add(arrival.stamp().dropped());
        }
        progress.take(heard.arrivals());
        behind = progress.behind();
        if (begun && progress.isBehind()) {
            tasks.soon();
        }
    }

    private void show(Arrival arrival) {
        ledger.take(arrival);
    }

    /** Whether every broker that is well finds all rows of an entry. */
    private Future<Boolean> prove(Arrival arrival) {
        SqlAsk count = StateQuery.rowsOf(name, arrival);
        List<Future<Boolean>> counts = means.brokers().well().stream()
                .map(broker -> means.sql()
                        .ask(broker, count, Deadline.in(PROOF_PATIENCE), new RunHandle())
                        .compose(answer -> answer.all(SqlAnswer.Bounds.SMALL))
                        .map(rows -> Long.valueOf(arrival.rows())
                                .equals(rows.getFirst().getFirst())))
                .toList();
        return onLoop(() ->
                Future.all(counts).map(_ -> !counts.isEmpty() && counts.stream().allMatch(Future::result)));
    }

    private long segment(long hour) {
        return switch (means.config().datasources().segments()) {
            case HOUR -> hour;
            case DAY -> Math.floorDiv(hour, 24);
            case MONTH ->
                YearMonth.from(Instant.ofEpochSecond(hour * Arrival.HOUR_SECONDS)
                                .atOffset(ZoneOffset.UTC))
                        .getLong(ChronoField.PROLEPTIC_MONTH);
        };
    }

    private Future<DatasetState> read(Place place, long version) {
        Snapshot snapshot = new Snapshot(
                name,
                place,
                new DatasetState(version, 0, null, null),
                orders.dropped(place.tenant()),
                orders.deletions(place).headMap(version + 1)); // later ones count when they become visible
        Instant now = means.clock().instant();
        Future<DatasetState> state = means.sql()
                .rows(StateQuery.chunks(snapshot, now), Deadline.in(QUERY_PATIENCE), SqlAnswer.Bounds.SMALL)
                .map(rows -> StateQuery.state(snapshot, rows, now))
                .recover(failure -> version == 0 && failure instanceof DruidFailure.UnknownName
                        ? Future.succeededFuture(DatasetState.EMPTY)
                        : Future.failedFuture(Schema.told(failure)));
        return onLoop(() -> state);
    }

    private Snapshot snapshot(Place place, DatasetState state) {
        return new Snapshot(name, place, state, orders.dropped(place.tenant()), orders.deletions(place));
    }

    /** What a plan looks at that begins now; fails with {@code NotFound} where the dataset was never defined. */
    Future<Snapshot> snapshot(Place place) {
        return onLoop(() -> {
            if (!begun) {
                return ProblemException.failed(notBegun());
            }
            if (orders.table(place).isEmpty()) {
                return ProblemException.failed(new Problem.NotFound("There is no such dataset."));
            }
            Future<Void> certain = tasks.isSound() ? Future.succeededFuture() : tasks.confirm();
            return certain.compose(_ -> ledger.state(place, progress.visible())).map(state -> snapshot(place, state));
        });
    }

    /** How far a dataset is. */
    Future<DatasetState> state(Place place) {
        return onLoop(() -> {
            if (!begun) {
                return ProblemException.failed(notBegun());
            }
            return orders.table(place).isEmpty()
                    ? Future.succeededFuture(DatasetState.EMPTY)
                    : ledger.state(place, progress.visible());
        });
    }

    private static Problem notBegun() {
        return new Problem.Unavailable("engine", "The events cannot be read yet; ask again in a moment.");
    }

    /** Completes when all that was visible has been there up to now. */
    Future<Void> confirm() {
        return onLoop(tasks::confirm);
    }

    /** The dataset's table; empty where it was never defined. Druid need not be there. */
    Future<Optional<Table>> table(Place place) {
        return onLoop(() -> known.future().isComplete()
                ? Future.succeededFuture(orders.table(place))
                : ProblemException.failed(notBegun()));
    }

    /** The same, as soon as it can be told. */
    Future<Optional<Table>> table(Place place, Duration patience) {
        return onLoop(() -> known.future()
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(_ -> ProblemException.failed(notBegun()))
                .map(_ -> orders.table(place)));
    }

    /** From now on the table is there. */
    Future<Void> foresee(Place place, Table table) {
        return onLoop(() -> {
            orders.foresee(place, table);
            return Future.succeededFuture();
        });
    }

    /** Has rows read with these columns. */
    Future<Void> declare(Set<String> columns) {
        return onLoop(() -> {
            Set<String> all = orders.columns();
            all.addAll(columns);
            return declared.containsAll(RowSchema.declared(columns))
                    ? Future.succeededFuture()
                    : means.overlord()
                            .supervise(name, new SupervisorSpec(name, means.config(), all))
                            .onSuccess(_ -> loop.runOnContext(_ -> declared.addAll(RowSchema.declared(all))));
        });
    }

    Schema schema() {
        return schema;
    }

    /** Writes an order to the intake topic; the version of what is written. */
    Future<Long> write(Entry order) {
        return acknowledged(means.intake().write(Letter.of(Topics.of(name).intake(), order)));
    }

    /** The same for a batch; 0 where it is kept on this node, and has its version later. */
    Future<Long> append(Entry batch) {
        return acknowledged(means.intake().append(Letter.of(Topics.of(name).intake(), batch)));
    }

    private Future<Long> acknowledged(Future<Long> written) {
        return onLoop(() -> written.onSuccess(version -> acknowledged = Math.max(acknowledged, version)));
    }

    /** Completes when the version is visible, and fails when the deadline passes before. */
    Future<Void> visible(long version, Deadline deadline) {
        return onLoop(() -> {
            RunHandle handle = new RunHandle();
            long timer = means.vertx().setTimer(Math.max(1, deadline.remaining().toMillis()), _ -> handle.cancel());
            tasks.soon();
            return progress.visible(version, handle)
                    .onComplete(_ -> means.vertx().cancelTimer(timer))
                    .recover(_ -> ProblemException.failed(DruidFailure.late()));
        });
    }

    /** Completes when all is visible that this node has taken. */
    Future<Void> settled(Deadline deadline) {
        return means.intake().isSpooling() ? Intake.away().mapEmpty() : onLoop(() -> visible(acknowledged, deadline));
    }

    /** Begins to follow a dataset, where that can be done. */
    void follow(Place place) {
        loop.runOnContext(_ -> {
            if (begun) {
                ledger.state(place, progress.visible());
            }
        });
    }

    /** Entries that are read and not yet visible. */
    long behind() {
        return behind;
    }

    /** Rows that the tasks that read now could not read. */
    long unreadable() {
        return tasks.unreadable();
    }

    /** Duplicates that this node has heard of. */
    long dropped() {
        return dropped.sum();
    }

    /** Fails where events cannot be read now. */
    Future<Void> health() {
        return onLoop(() -> begun ? tasks.confirm() : ProblemException.failed(notBegun()));
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(_ -> {
            Future<T> begunWork;
            try {
                begunWork = work.get();
            } catch (RuntimeException e) {
                promise.fail(DruidFailure.fault(e));
                return;
            }
            begunWork.onComplete(answer -> loop.runOnContext(_ -> finish(promise, answer)));
        });
        return promise.future();
    }

    private static <T> void finish(Promise<T> promise, AsyncResult<T> answer) {
        if (answer.succeeded()) {
            promise.complete(answer.result());
        } else {
            promise.fail(answer.cause());
        }
    }

    @Override
    public void reach(long offset) {
        progress.reach(offset);
        behind = progress.behind();
    }

    @Override
    public void replaced() {
        progress.doubt();
    }

    /** The supervisor may be gone: it is made again. */
    @Override
    public void unread() {
        long now = System.nanoTime();
        if (now - supervised > SUPERVISE_EVERY.toNanos()) {
            supervised = now;
            means.overlord()
                    .supervise(name, new SupervisorSpec(name, means.config(), orders.columns()))
                    .onFailure(failure ->
                            LOG.warn("Datasource {} is read by nobody, problem[{}]", name, failure.toString()));
        }
    }

    @Override
    public boolean isBehind() {
        return progress.isBehind();
    }

    @Override
    public boolean covers(long offset) {
        return progress.covers(offset) && progress.isCertain();
    }

    /** Blocks. */
    void close() {
        means.vertx().cancelTimer(removal);
        beginning.stop();
        loop.runOnContext(_ -> tasks.close());
        beginning.close();
    }
}
