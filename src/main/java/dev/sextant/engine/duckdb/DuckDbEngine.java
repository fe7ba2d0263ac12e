package dev.sextant.engine.duckdb;

import dev.sextant.engine.Answer;
import dev.sextant.engine.Appended;
import dev.sextant.engine.Capacity;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.Condition;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Deleted;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RollupTable;
import dev.sextant.engine.RowFiles;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.engine.Share;
import dev.sextant.engine.Table;
import dev.sextant.engine.TenantCopies;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The engine that stores in DuckDB, in this process: one file and one instance for each tenant.
 *
 * <p>Reads and writes have threads and bounded queues of their own, in which tenants take turns. All that is kept lies
 * below the configured folder; one engine at a time may use it.
 */
public final class DuckDbEngine implements OlapEngine {

    private final DuckDbConfig config;
    private final OpenTenants tenants;
    private final Timers timers = new Timers();
    private final Reads reads;
    private final ParquetFiles files;
    private final FairQueue<Write> writes;
    private final Crew<Write> writers;
    private volatile boolean closed;

    /** Starts the engine; files are opened when they are first asked for. Touches the disk. */
    public static DuckDbEngine start(DuckDbConfig config, InstantSource clock, CommitListener listener) {
        DuckDbEngine engine = new DuckDbEngine(config, clock, listener);
        engine.start(clock);
        return engine;
    }

    private DuckDbEngine(DuckDbConfig config, InstantSource clock, CommitListener listener) {
        this.config = config;
        this.tenants = new OpenTenants(config, clock);
        this.reads = new Reads(config, tenants, timers);
        this.files = new ParquetFiles(
                config.folder().resolve("scratch"), config.streams().filesMax());
        this.writes = new FairQueue<>(
                writeLimits(config.appends()),
                write -> write.share(config.appends().groupRowsMax()),
                System::nanoTime,
                _ -> false);
        Committer committer = new Committer(config, tenants, clock, listener);
        this.writers = new Crew<>(
                new Crew.Size("duckdb-write", Lane.FRONT, config.appends().threads()),
                writes,
                new Shares(System::nanoTime),
                committer::write);
    }

    /** A file has one writer at a time. */
    private static FairQueue.Limits writeLimits(DuckDbConfig.Appends limits) {
        return new FairQueue.Limits(
                1, limits.queuedBytesPerTenantMax(), limits.queuedBytesMax(), limits.groupRowsMax());
    }

    private void start(InstantSource clock) {
        try {
            tenants.emptyTrash();
            files.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("engine.duckdb.folder cannot be written", e);
        }
        timers.aside(NativeLibrary::load);
        reads.start();
        writers.start();
        Duration idleAfter = config.tenants().idleAfter();
        timers.every(
                idleAfter.dividedBy(4),
                () -> tenants.closeIdleSince(clock.instant().minus(idleAfter)));
    }

    @Override
    public Duration dedupeWindow() {
        return config.dedupe().window();
    }

    @Override
    public Future<Void> define(TenantId tenant, Table table) {
        Promise<Void> promise = Promise.promise();
        return write(tenant, new Write.Define(table, promise), 1, promise);
    }

    @Override
    public Future<Appended> append(TenantId tenant, EventBatch batch, Deadline deadline) {
        Promise<Appended> promise = Promise.promise();
        Write.Append append = new Write.Append(batch, deadline, promise);
        return write(tenant, append, append.weight(), promise);
    }

    @Override
    public Future<Deleted> delete(TenantId tenant, Condition condition, Deadline deadline) {
        Promise<Deleted> promise = Promise.promise();
        return write(tenant, new Write.Delete(condition, deadline, promise), 1, promise);
    }

    @Override
    public Future<Void> defineRollup(TenantId tenant, RollupTable rollup, Deadline deadline) {
        Promise<Void> promise = Promise.promise();
        return write(tenant, new Write.DefineRollup(rollup, deadline, promise), 1, promise);
    }

    @Override
    public Future<Void> dropRollup(TenantId tenant, String dataset, String name) {
        Promise<Void> promise = Promise.promise();
        return write(tenant, new Write.DropRollup(dataset, name, promise), 1, promise);
    }

    @Override
    public Future<Void> drop(TenantId tenant) {
        Promise<Void> promise = Promise.promise();
        return write(tenant, new Write.Drop(promise), 1, promise);
    }

    private <T> Future<T> write(TenantId tenant, Write write, long weight, Promise<T> promise) {
        return writes.offer(tenant, write, weight)
                ? promise.future()
                : refused("Too many events wait to be stored; slow down and send them again.");
    }

    @Override
    public Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        return reads.run(tenant, plan, deadline, handle);
    }

    @Override
    public Future<RowStream> stream(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        return reads.stream(tenant, plan, deadline, handle);
    }

    @Override
    public void share(TenantId tenant, Share share) {
        int atOnce = Math.min(share.queriesAtOnce(), capacity().queriesAtOnce());
        reads.part(tenant, new FairQueue.Part(atOnce, share.queryWeight()));
        writes.part(tenant, new FairQueue.Part(1, share.appendWeight()));
    }

    /** One thread is always left to the other tenants. */
    @Override
    public Capacity capacity() {
        return new Capacity(
                Math.max(1, config.queries().threads() - 1), config.queries().runningPerTenantMax());
    }

    @Override
    public RowFiles files() {
        return files;
    }

    @Override
    public Optional<TenantCopies> copies() {
        return Optional.of(new Copies(config, (tenant, copy) -> writes.offer(tenant, copy, 0)));
    }

    /** The version of DuckDB in this build. Blocks. */
    public static String version() {
        return NativeLibrary.version();
    }

    @Override
    public Future<DatasetState> state(TenantId tenant, String dataset) {
        Optional<TenantFile> open = tenants.peek(tenant);
        return open.isPresent() ? Future.succeededFuture(open.get().state(dataset)) : reads.state(tenant, dataset);
    }

    private <T> Future<T> refused(String detail) {
        return ProblemException.failed(
                closed
                        ? new Problem.Unavailable("engine", "The server is stopping.")
                        : new Problem.Overloaded(1, detail));
    }

    @Override
    public Future<Void> health() {
        Promise<Void> promise = Promise.promise();
        timers.aside(() -> Health.check(config.folder(), promise));
        return promise.future();
    }

    @Override
    public void close() {
        closed = true;
        writers.finish();
        reads.close();
        files.close();
        timers.close();
        tenants.close();
    }
}
