package dev.sextant.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that is due later, or again and again, kept in PostgreSQL: it survives every node, and one node at a time does
 * it. What fails is tried again, ever later; what a node left behind, or could not say that it is done, another one does half a
 * minute later. So work may run twice, and must bear it.
 *
 * <p>All kinds of work are told before {@link #start}. Work runs on threads of its own and may block them.
 */
public final class Jobs {

    private static final int THREADS = 4;
    private static final Duration POLL_EVERY = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final int SOCKET_SECONDS_MAX = 30;

    /** A job whose node has not said for so many of these that it is still at it, another one does. */
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(5);

    private static final int HEARTBEATS_MISSED_MAX = 6;
    private static final Duration WORK_PATIENCE = Duration.ofMinutes(10);

    private static final String SCHEDULE = """
            INSERT INTO scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version)
            VALUES ($1, $2, convert_to($3, 'UTF8'), $4, false, 1)
            ON CONFLICT (task_name, task_instance) DO UPDATE
            SET task_data = excluded.task_data, execution_time = excluded.execution_time,
                version = scheduled_tasks.version + 1
            WHERE NOT scheduled_tasks.picked""";

    /** Job data is text. */
    private static final class TextSerializer implements Serializer {

        @Override
        public byte[] serialize(@Nullable Object data) {
            return data == null ? new byte[0] : data.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] data) {
            return type == String.class && data != null ? type.cast(new String(data, StandardCharsets.UTF_8)) : null;
        }
    }

    private final PostgresConnections connections;
    private final InstantSource clock;
    private final List<OneTimeTask<String>> oneTime = new ArrayList<>();
    private final List<RecurringTask<Void>> recurring = new ArrayList<>();
    private @Nullable HikariDataSource source;
    private @Nullable Scheduler scheduler;

    Jobs(PostgresConnections connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** Tells what to do with jobs of this name; {@code work} gets the job's data. */
    public void onDue(String name, Function<String, Future<Void>> work) {
        oneTime.add(Tasks.oneTime(name, String.class)
                .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(RETRY_AFTER))
                .execute((task, _) -> await(work.apply(task.getData()))));
    }

    /** Tells what to do for ever, with a pause of that length between two runs; the first is at once. */
    public void every(String name, Duration pause, Supplier<Future<Void>> work) {
        recurring.add(Tasks.recurring(name, FixedDelay.of(pause)).execute((_, _) -> await(work.get())));
    }

    /** Begins to do what is due. Blocks: not for an event loop. */
    public synchronized void start() {
        HikariDataSource pool = new HikariDataSource(poolConfig());
        source = pool;
        scheduler = Scheduler.create(pool, List.copyOf(oneTime))
                .startTasks(recurring)
                .threads(THREADS)
                .pollingInterval(POLL_EVERY)
                .pollUsingLockAndFetch(1.0, 4.0)
                .heartbeatInterval(HEARTBEAT_EVERY)
                .missedHeartbeatsLimit(HEARTBEATS_MISSED_MAX)
                .serializer(new TextSerializer())
                .clock(clock::instant)
                .shutdownMaxWait(STOP_PATIENCE)
                .build();
        scheduler.start();
    }

    /** Takes up nothing more here, or does again; what runs goes on. */
    public synchronized void rest(boolean resting) {
        if (scheduler != null && resting) {
            scheduler.pause();
        } else if (scheduler != null) {
            scheduler.resume();
        }
    }

    /**
     * Schedules a job within a transaction of {@link PlatformDb}: it is due only if that commits. Nothing happens where
     * the same job is being done.
     */
    public Future<Void> schedule(SqlConnection transaction, Job job) {
        Tuple values = Tuple.of(job.name(), job.id(), job.data(), job.at().atOffset(ZoneOffset.UTC));
        return transaction.preparedQuery(SCHEDULE).execute(values).mapEmpty();
    }

    /** Takes a job back within a transaction of {@link PlatformDb}, unless it is being done. */
    public Future<Void> cancel(SqlConnection transaction, String name, String id) {
        return transaction
                .preparedQuery("DELETE FROM scheduled_tasks WHERE task_name = $1 AND task_instance = $2 AND NOT picked")
                .execute(Tuple.of(name, id))
                .mapEmpty();
    }

    /** Lets running work end, for a few seconds. Blocks. */
    synchronized void close() {
        if (scheduler != null) {
            scheduler.stop();
        }
        if (source != null) {
            source.close();
        }
    }

    private HikariConfig poolConfig() {
        PostgresConfig config = connections.config();
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("sextant-jobs");
        pool.setJdbcUrl(connections.jdbcUrl());
        pool.setUsername(PostgresRole.PLATFORM.user());
        pool.setPassword(PostgresRole.PLATFORM.password(config.passwords()).value());
        pool.setMaximumPoolSize(2);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(Math.max(250, config.connectPatience().toMillis()));
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("socketTimeout", SOCKET_SECONDS_MAX);
        return pool;
    }

    private static void await(Future<Void> work) {
        try {
            work.toCompletionStage().toCompletableFuture().get(WORK_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a job ran", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("A job failed", e);
        }
    }
}
