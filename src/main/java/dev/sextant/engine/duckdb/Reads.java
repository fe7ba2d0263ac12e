package dev.sextant.engine.duckdb;

import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The reading side of the engine: what is asked waits here for its turn, is read, and is stopped when it must be. */
final class Reads {

    private static final Duration STATE_PATIENCE = Duration.ofSeconds(10);

    private final DuckDbConfig config;
    private final OpenTenants tenants;
    private final Timers timers;
    private final EngineFailure failures;
    private final FairQueue<Reading<?>> queue;
    private final List<Crew<Reading<?>>> crews;
    private final OpenStreams open;
    private final Shares shares;
    private volatile boolean closed;

    Reads(DuckDbConfig config, OpenTenants tenants, Timers timers) {
        this.config = config;
        this.tenants = tenants;
        this.timers = timers;
        this.failures = new EngineFailure(config.tenants().memoryBytesMax());
        this.shares = new Shares(System::nanoTime);
        this.queue = new FairQueue<>(limits(config.queries()), _ -> 1, System::nanoTime, shares::isAbove);
        this.crews = Stream.of(
                        new Crew.Size(
                                "duckdb-read", Lane.FRONT, config.queries().threads()),
                        new Crew.Size("duckdb-back", Lane.BACK, backThreads(config.queries())))
                .map(size -> new Crew<>(size, queue, shares, group -> read(group, size.lane())))
                .toList();
        this.open = new OpenStreams(config.streams());
    }

    /** A core is always left to the others, whatever the engine's own helpers do. */
    private static int backThreads(DuckDbConfig.Queries limits) {
        return Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, limits.threads());
    }

    private static FairQueue.Limits limits(DuckDbConfig.Queries limits) {
        return new FairQueue.Limits(limits.runningPerTenantMax(), limits.queuedPerTenantMax(), limits.queuedMax(), 1);
    }

    /** Gives a tenant another part of the threads. */
    void part(TenantId tenant, FairQueue.Part part) {
        queue.part(tenant, part);
        shares.weigh(tenant, part.weight());
    }

    void start() {
        crews.forEach(Crew::start);
    }

    Timers timers() {
        return timers;
    }

    Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        PlanReader work = new PlanReader(plan, config.queries().resultBytesMax());
        return submit(tenant, new Reading<>(work, deadline, handle), 1);
    }

    Future<DatasetState> state(TenantId tenant, String dataset) {
        Deadline deadline = Deadline.in(STATE_PATIENCE);
        return submit(tenant, new Reading<>(new StateReader(dataset), deadline, new RunHandle()), 1);
    }

    Future<RowStream> stream(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        if (plan.statements().size() != 1) {
            return Future.failedFuture(new IllegalArgumentException("A stream is of one statement"));
        }
        Optional<OpenStreams.Place> place = open.enter(tenant);
        if (place.isEmpty()) {
            return refused("Too many results are being streamed; read one to its end, or try again shortly.");
        }
        OpenStreams.Place mine = place.get();
        StreamOpening work = new StreamOpening(plan, (rows, reading) -> {
            StreamWays.Release stay = tenants.stay(tenant)::run;
            return begin(rows, reading, new StreamWays(this, config.streams(), tenant, deadline, stay, mine::leave));
        });
        return submit(tenant, new Reading<>(work, deadline, handle), 1)
                .onFailure(_ -> mine.leave())
                .map(stream -> stream);
    }

    private KeptStream begin(KeptRows rows, Reading<KeptStream> reading, StreamWays ways) {
        KeptStream stream = new KeptStream(rows, ways, reading.queueNanos());
        open.add(stream);
        reading.handle().cancelled().onSuccess(_ -> stream.end(Reading.CANCELLED));
        return stream;
    }

    /** @param weight 0 for what is never refused and waits for as long as it must: who offers it bounds its number */
    <T> Future<T> submit(TenantId tenant, Reading<T> reading, long weight) {
        if (!queue.offer(tenant, reading, weight)) {
            return refused("Too many queries wait; try again shortly.");
        }
        var late = timers.at(reading.deadline(), () -> stop(tenant, reading, Reading.LATE));
        Duration patience =
                weight == 0 ? reading.deadline().remaining() : config.queries().queuedFor();
        var tired = timers.in(patience, () -> giveUp(tenant, reading));
        reading.handle().cancelled().onSuccess(_ -> stopSoon(tenant, reading));
        return reading.future().onComplete(_ -> {
            late.cancel(false);
            tired.cancel(false);
        });
    }

    private void giveUp(TenantId tenant, Reading<?> reading) {
        if (queue.remove(tenant, reading)) {
            reading.over();
            reading.fail(new ProblemException(new Problem.Overloaded(
                    1, "The query found no turn in time; ask less at once, or try again shortly.")));
        }
    }

    private void stopSoon(TenantId tenant, Reading<?> reading) {
        if (!reading.future().isComplete() && !closed) {
            timers.in(Duration.ZERO, () -> stop(tenant, reading, Reading.CANCELLED));
        }
    }

    private void stop(TenantId tenant, Reading<?> reading, Problem why) {
        if (queue.remove(tenant, reading)) {
            reading.over();
        }
        if (!reading.stop(why)) {
            timers.in(Timers.SOON, () -> stop(tenant, reading, why));
        }
    }

    private void read(FairQueue.Group<Reading<?>> group, Lane lane) {
        group.works().forEach(reading -> readOne(group.tenant(), reading, lane));
    }

    private <T> void readOne(TenantId tenant, Reading<T> reading, Lane lane) {
        reading.begin();
        try {
            reading.succeed(result(tenant, reading, lane));
        } catch (IOException | SQLException | RuntimeException e) {
            if (!reading.isStopped()) {
                reading.fail(failures.of(tenant, e));
            }
        } finally {
            reading.over();
        }
    }

    private <T> T result(TenantId tenant, Reading<T> reading, Lane lane) throws IOException, SQLException {
        TenantSlot.Work<T> work = file -> {
            file.helpers().follow(lane);
            return reading.work(file);
        };
        if (!reading.opens()) {
            return tenants.ifOpen(tenant, work).orElseGet(reading::absent);
        }
        return tenants.exist(tenant) ? tenants.with(tenant, work) : reading.absent();
    }

    /** Lets go of a stream's rows and its place, soon, on a thread that may block. */
    void release(KeptStream stream) {
        if (!closed) {
            timers.aside(() -> releaseNow(stream));
        }
    }

    private void releaseNow(KeptStream stream) {
        if (!open.remove(stream)) {
            return;
        }
        TenantId tenant = stream.ways().tenant();
        try {
            tenants.ifOpen(tenant, stream::dropFrom);
        } catch (SQLException | RuntimeException e) {
            failures.of(tenant, e); // it is logged: nobody waits for this
        } finally {
            stream.ways().stay().run();
            stream.ways().place().run();
        }
    }

    private <T> Future<T> refused(String detail) {
        return ProblemException.failed(
                closed
                        ? new Problem.Unavailable("engine", "The server is stopping.")
                        : new Problem.Overloaded(1, detail));
    }

    /** Works off what waits, and ends the streams. Blocks. */
    void close() {
        closed = true;
        crews.forEach(Crew::finish);
        for (KeptStream stream : open.all()) {
            stream.end(KeptStream.GONE);
            releaseNow(stream);
        }
    }
}
