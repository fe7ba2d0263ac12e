package dev.sextant.engine.druid;

import dev.sextant.engine.Answer;
import dev.sextant.engine.Appended;
import dev.sextant.engine.Capacity;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.Condition;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Deleted;
import dev.sextant.engine.Dialect;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RollupTable;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.engine.Share;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The engine that stores in Druid, which reads from Kafka. An append is done when Kafka has it on disk; it is visible a
 * little later, and its version says when: as soon as the dataset's data version is that or more. Where this node has a spool, it
 * keeps batches itself while Kafka is away.
 *
 * <p>It has event loops of its own. While Kafka or Druid are away, what needs them fails with {@code Unavailable} at once.
 */
public final class DruidEngine implements OlapEngine {

    private static final int LOOPS = 2;

    private static final Problem NO_ROLLUPS = new Problem.Unprocessable(
            Reason.NOT_SUPPORTED,
            List.of(),
            "In a cluster there are no rollups: each segment is kept ready for aggregation. Ask the dataset itself.");

    private final DruidConfig config;
    private final Vertx vertx;
    private final ExecutorService aside;
    private final Brokers brokers;
    private final Overlord overlord;
    private final SqlClient sql;
    private final SpoolingIntake intake;
    private final Turns turns;
    private final Reads reads;
    private final Writes writes;
    private final Datasource pool;
    private final Map<TenantId, Datasource> tenantToOwn;
    private volatile boolean closed;

    /** Starts the engine; waits for nobody. */
    public static DruidEngine start(DruidConfig config, InstantSource clock, CommitListener listener) {
        DruidEngine engine = new DruidEngine(config, clock, listener);
        engine.datasources().forEach(Datasource::start);
        return engine;
    }

    private DruidEngine(DruidConfig config, InstantSource clock, CommitListener listener) {
        this.config = config;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS).setWorkerPoolSize(1));
        this.aside = Executors.newCachedThreadPool(
                Thread.ofPlatform().name("druid-aside-", 0).daemon().factory());
        this.brokers = new Brokers(vertx, config.servers());
        this.overlord = new Overlord(vertx, config);
        this.sql = new SqlClient(vertx, config, brokers);
        this.intake = SpoolingIntake.open(config);
        this.turns = new Turns(vertx, config.queries());
        this.reads = new Reads(config.queries(), sql, turns);
        this.writes = new Writes(config, sql, clock);
        Datasource.Means means = new Datasource.Means(vertx, config, sql, brokers, overlord, intake, aside, clock);
        String poolName = config.datasources().pool();
        this.pool = new Datasource(poolName, means, listener);
        this.tenantToOwn = DruidConfig.addresses(config.datasources().dedicated()).stream()
                .map(TenantId::new)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), tenant -> new Datasource(poolName + "_" + tenant, means, listener)));
    }

    private List<Datasource> datasources() {
        return Stream.concat(Stream.of(pool), tenantToOwn.values().stream()).toList();
    }

    private Datasource of(TenantId tenant) {
        return tenantToOwn.getOrDefault(tenant, pool);
    }

    @Override
    public Dialect dialect() {
        return Dialect.DRUID;
    }

    @Override
    public Duration dedupeWindow() {
        return config.dedupe().window();
    }

    @Override
    public Future<Void> define(TenantId tenant, Table table) {
        return ask(() -> writes.define(of(tenant), tenant, table));
    }

    @Override
    public Future<Appended> append(TenantId tenant, EventBatch batch, Deadline deadline) {
        return ask(() -> writes.append(of(tenant), tenant, batch, deadline));
    }

    @Override
    public Future<Deleted> delete(TenantId tenant, Condition condition, Deadline deadline) {
        return ask(() -> writes.delete(of(tenant), tenant, condition, deadline));
    }

    @Override
    public Future<Void> defineRollup(TenantId tenant, RollupTable rollup, Deadline deadline) {
        return ProblemException.failed(NO_ROLLUPS);
    }

    @Override
    public Future<Void> dropRollup(TenantId tenant, String dataset, String name) {
        return ProblemException.failed(NO_ROLLUPS);
    }

    @Override
    public Optional<Problem> noRollups() {
        return Optional.of(NO_ROLLUPS);
    }

    @Override
    public Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        return deadline.remaining().isZero()
                ? ProblemException.failed(DruidFailure.late())
                : ask(() -> reads.run(of(tenant), new Reads.Asked(tenant, plan, deadline, handle)));
    }

    @Override
    public Future<RowStream> stream(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        return deadline.remaining().isZero()
                ? ProblemException.failed(DruidFailure.late())
                : ask(() -> reads.stream(of(tenant), new Reads.Asked(tenant, plan, deadline, handle)));
    }

    @Override
    public Future<DatasetState> state(TenantId tenant, String dataset) {
        return ask(() -> of(tenant).state(new Place(tenant, dataset)));
    }

    @Override
    public void share(TenantId tenant, Share share) {
        turns.share(tenant, share);
    }

    @Override
    public Capacity capacity() {
        return new Capacity(
                Math.max(1, config.queries().runningMax() - 1), config.queries().runningPerTenantMax());
    }

    @Override
    public Future<Void> drop(TenantId tenant) {
        return ask(() -> writes.drop(of(tenant), tenant));
    }

    @Override
    public Future<Void> health() {
        return ask(() -> intake.isAway()
                ? ProblemException.failed(new Problem.Unavailable("kafka", "Events cannot be stored now."))
                : Future.all(datasources().stream().map(Datasource::health).toList())
                        .mapEmpty());
    }

    /** Completes when all that this node has written can be seen here. */
    public Future<Void> settled(Deadline deadline) {
        return ask(() -> Future.all(datasources().stream()
                        .map(datasource -> datasource.settled(deadline))
                        .toList())
                .mapEmpty());
    }

    @Override
    public List<Gauge> gauges() {
        return List.of(
                new Gauge(
                        "sextant.engine.behind",
                        "Batches and orders that are stored, and not yet visible on this node",
                        () -> sum(Datasource::behind)),
                new Gauge(
                        "sextant.engine.duplicates",
                        "Events that were dropped as duplicates since this node began",
                        () -> sum(Datasource::dropped)),
                new Gauge(
                        "sextant.engine.unreadable",
                        "Rows that the tasks of Druid that read now could not read",
                        () -> sum(Datasource::unreadable)),
                new Gauge(
                        "sextant.engine.intake.bytes",
                        "What this node is handing to Kafka, in bytes",
                        intake::bytesInFlight),
                new Gauge(
                        "sextant.engine.spool.bytes",
                        "Batches that wait on the disk of this node for Kafka, in bytes",
                        intake::spooledBytes));
    }

    private long sum(ToLongFunction<Datasource> part) {
        return datasources().stream().mapToLong(part).sum();
    }

    private <T> Future<T> ask(Supplier<Future<T>> work) {
        if (closed) {
            return ProblemException.failed(new Problem.Unavailable("engine", "The server is stopping."));
        }
        try {
            return work.get().recover(failure -> Future.failedFuture(DruidFailure.fault(failure)));
        } catch (RuntimeException e) {
            return Future.failedFuture(DruidFailure.fault(e));
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        datasources().forEach(Datasource::close);
        intake.close();
        aside.shutdown();
        brokers.close();
        sql.close();
        overlord.close();
        vertx.close().await();
    }
}
