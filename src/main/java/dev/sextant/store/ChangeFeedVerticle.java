package dev.sextant.store;

import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads changes on a connection of its own, when notified and every 250 ms, and reconnects for ever. */
final class ChangeFeedVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeedVerticle.class);
    private static final long POLL_MILLIS = 250;
    private static final long PAUSE_MILLIS_MAX = 1000;
    private static final long READ_MILLIS_MAX = 1000;
    private static final int START_ATTEMPTS_MAX = 10;
    private static final int ROWS_MAX = 1000;

    /** Always one row at least; without changes it has the counter alone. */
    private static final String READ = """
            SELECT r.value AS head, c.revision, c.tenant_id, c.subject
            FROM revision r LEFT JOIN change c ON c.revision > $1
            ORDER BY c.revision LIMIT $2""";

    private final PostgresConnections connections;
    private final ChangeFeed feed;

    private @Nullable PgConnection connection;
    private boolean stopped;
    private boolean reading;
    private boolean readAgain;
    private long lastRevision = -1;
    private int failures;
    private long pausedUntilNanos;

    ChangeFeedVerticle(PostgresConnections connections, ChangeFeed feed) {
        this.connections = connections;
        this.feed = feed;
    }

    /** Started once the first read has succeeded. */
    @Override
    public Future<?> start() {
        return firstRead(START_ATTEMPTS_MAX).onSuccess(_ -> {
            pausedUntilNanos = System.nanoTime();
            vertx.setPeriodic(POLL_MILLIS, _ -> poll());
        });
    }

    /** A machine that has just started much may be slow at first. */
    private Future<Void> firstRead(int attemptsLeft) {
        return read().recover(failure -> attemptsLeft == 1
                ? Future.failedFuture(failure)
                : vertx.timer(POLL_MILLIS).compose(_ -> firstRead(attemptsLeft - 1)));
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        return disconnect();
    }

    private void poll() {
        boolean pauses = connection == null && System.nanoTime() - pausedUntilNanos < 0;
        if (stopped || pauses) {
            return;
        }
        readAgain = reading;
        if (!reading) {
            read();
        }
    }

    private Future<Void> read() {
        reading = true;
        return connected()
                .compose(this::readOn)
                .timeout(READ_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .onSuccess(_ -> failures = 0)
                .onFailure(this::pause)
                .onComplete(_ -> {
                    reading = false;
                    if (readAgain) {
                        poll();
                    }
                });
    }

    private Future<PgConnection> connected() {
        PgConnection open = connection;
        return open != null ? Future.succeededFuture(open) : connect();
    }

    private Future<PgConnection> connect() {
        return PgConnection.connect(vertx, connections.options(PostgresRole.PLATFORM))
                .compose(fresh -> {
                    PgConnection open = connection;
                    if (open != null) { // an earlier attempt, given up for its slowness, came through after all
                        return fresh.close().map(open);
                    }
                    fresh.notificationHandler(_ -> poll());
                    fresh.exceptionHandler(_ -> {}); // else printed; the next read says it
                    fresh.closeHandler(_ -> forget(fresh));
                    connection = fresh;
                    return fresh.query("LISTEN sextant_change").execute().map(fresh);
                });
    }

    private Future<Void> readOn(PgConnection open) {
        long begunAtNanos = System.nanoTime();
        return open.preparedQuery(READ)
                .execute(Tuple.of(lastRevision, ROWS_MAX))
                .map(rows -> {
                    take(rows, begunAtNanos);
                    return null;
                });
    }

    private void take(RowSet<Row> rows, long begunAtNanos) {
        long head = rows.iterator().next().getLong("head");
        if (lastRevision < 0) {
            lastRevision = head; // what was changed before this node began, it never remembered otherwise
        }
        for (Row row : rows) {
            tell(row);
        }
        if (rows.size() == ROWS_MAX) {
            readAgain = true;
            return;
        }
        if (lastRevision != head) {
            feed.tellGap(); // trimmed while this node was away, or put back by a restored backup
            lastRevision = head;
        }
        feed.readBegunAt(begunAtNanos);
    }

    private void tell(Row row) {
        Long revision = row.getLong("revision");
        if (revision == null || revision <= lastRevision) {
            return;
        }
        if (revision != lastRevision + 1) {
            feed.tellGap();
        }
        lastRevision = revision;
        feed.tell(new TenantId(row.getString("tenant_id")), row.getString("subject"));
    }

    private void pause(Throwable failure) {
        if (failures == 0) {
            LOG.warn("Cannot read changes from PostgreSQL, will try again: {}", failure.getMessage());
        }
        readAgain = false;
        long pauseMillis = Math.min(PAUSE_MILLIS_MAX, POLL_MILLIS << Math.min(failures, 4));
        failures++;
        pausedUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        disconnect();
    }

    private void forget(PgConnection closed) {
        if (closed.equals(connection)) {
            connection = null;
        }
    }

    private Future<Void> disconnect() {
        PgConnection open = connection;
        connection = null;
        return open == null ? Future.succeededFuture() : open.close().otherwiseEmpty();
    }
}
