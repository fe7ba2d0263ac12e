package dev.sextant.operations;

import dev.sextant.kernel.Json;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code operation}, within a transaction that has named its tenant. What is over for too long is not there. */
final class OperationStore {

    private static final String COLUMNS = """
            o.id, o.kind, o.query_id, o.status, o.est_ms, o.problem, o.created_at, o.started_at, o.finished_at,
            o.progress,
            CASE WHEN o.status = 'queued' THEN
                (SELECT count(*) FROM operation q WHERE q.status = 'queued' AND q.id <= o.id) END AS queue_place,
            CASE WHEN o.status = 'queued' THEN
                (SELECT sum(q.est_ms)::bigint FROM operation q WHERE q.status IN ('queued', 'running') AND q.id <= o.id)
                END AS ahead_ms""";
    private static final String THERE =
            " (o.finished_at IS NULL OR o.finished_at > $1) AND ($2::text[] IS NULL OR o.dataset = ANY ($2)) ";

    /** What was made under other rules for data is not there, but for those who see all. */
    private static final String SEEN = "AND ($3 = 'all' OR o.policy = $3) ";

    private static final String INSERT = """
            INSERT INTO operation (id, tenant_id, query_id, actor, policy, scopes, question, est_ms, node, lease_until, created_at,
                                   datasets, dataset)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""";
    private static final String COUNT_OPEN =
            "SELECT count(*) FROM operation WHERE kind = 'query' AND status IN ('queued', 'running')";
    private static final String GET =
            "SELECT " + COLUMNS + " FROM operation o WHERE" + THERE + SEEN + "AND (o.id = $4 OR o.query_id = $4)";
    private static final String LIST = "SELECT " + COLUMNS + " FROM operation o WHERE" + THERE + SEEN
            + "AND ($4::text IS NULL OR o.id < $4) ORDER BY o.id DESC LIMIT $5";
    private static final String FETCH = "SELECT question, result, etag FROM operation WHERE id = $1";
    private static final String BEGIN =
            "UPDATE operation SET status = 'running', started_at = $2 WHERE id = $1 AND status = 'queued' RETURNING id";
    private static final String FINISH = """
            UPDATE operation SET status = $2, problem = $3, result = $4, etag = $5, finished_at = $6, lease_until = NULL
            WHERE id = $1 AND kind = 'query' AND status IN ('queued', 'running') RETURNING id""";

    private OperationStore() {}

    /** Counts those open, and lets nobody else of the tenant count until the transaction ends. */
    static Future<Long> countOpen(SqlConnection connection, Principal principal) {
        return connection
                .preparedQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('operation:' || $1, 0))")
                .execute(Tuple.of(principal.tenant().value()))
                .compose(_ -> connection.preparedQuery(COUNT_OPEN).execute())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    static Future<Void> insert(SqlConnection connection, Submission submission, Lease lease, Instant now) {
        Principal principal = submission.principal();
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                                submission.id(),
                                principal.tenant().value(),
                                submission.queryId(),
                                principal.actor(),
                                principal.policy().rules())
                        .addArrayOfString(principal.scopes().toArray(String[]::new))
                        .addString(submission.question().toString())
                        .addLong(submission.estMillis())
                        .addString(lease.node())
                        .addOffsetDateTime(utc(lease.until()))
                        .addOffsetDateTime(utc(now))
                        .addArrayOfString(principal.reach().array())
                        .addString(submission.dataset()))
                .mapEmpty();
    }

    /** @param id of the operation, or of its query */
    static Future<Optional<Stored>> find(SqlConnection connection, String id, Seen seen) {
        return connection
                .preparedQuery(GET)
                .execute(tuple(seen).addString(id))
                .map(rows -> all(rows).stream().findFirst());
    }

    static Future<List<Stored>> list(SqlConnection connection, ListOperations question, int rowsMax, Seen seen) {
        return connection
                .preparedQuery(LIST)
                .execute(tuple(seen).addString(question.before()).addInteger(rowsMax))
                .map(OperationStore::all);
    }

    private static Tuple tuple(Seen seen) {
        return Tuple.of(utc(seen.since()))
                .addArrayOfString(seen.reach().array())
                .addString(seen.policy().rules());
    }

    /** The question, and the result where there is one. */
    static Future<Row> fetch(SqlConnection connection, String id) {
        return connection
                .preparedQuery(FETCH)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next());
    }

    /** False where it was ended meanwhile. */
    static Future<Boolean> begin(SqlConnection connection, String id, Instant now) {
        return connection.preparedQuery(BEGIN).execute(Tuple.of(id, utc(now))).map(rows -> rows.size() == 1);
    }

    /** False where it was over already. */
    static Future<Boolean> finish(SqlConnection connection, String id, Ending ending, Instant now) {
        Outcome.Result result = ending.result();
        return connection
                .preparedQuery(FINISH)
                .execute(Tuple.of(id, ending.status().text(), problemText(ending.problem()))
                        .addBuffer(result == null ? null : result.json())
                        .addString(result == null ? null : result.etag())
                        .addOffsetDateTime(utc(now)))
                .map(rows -> rows.size() == 1);
    }

    static @Nullable String problemText(@Nullable Problem problem) {
        return problem instanceof Record told ? new String(Json.write(told), StandardCharsets.UTF_8) : null;
    }

    private static List<Stored> all(RowSet<Row> rows) {
        List<Stored> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(stored(row)));
        return all;
    }

    private static Stored stored(Row row) {
        String problem = row.getString("problem");
        Long ahead = row.getLong("ahead_ms");
        return new Stored(
                row.getString("id"),
                row.getString("kind"),
                row.getString("query_id"),
                Status.of(row.getString("status")),
                row.getLong("est_ms"),
                row.getLong("queue_place"),
                ahead == null ? 0 : ahead,
                row.getDouble("progress"),
                problem == null ? null : Json.read(problem.getBytes(StandardCharsets.UTF_8), Problem.class),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("started_at")),
                instant(row.getOffsetDateTime("finished_at")));
    }

    static Outcome.@Nullable Result result(Row row) {
        Buffer json = row.getBuffer("result");
        return json == null ? null : new Outcome.Result(json, row.getString("etag"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
