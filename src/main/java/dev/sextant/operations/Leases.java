package dev.sextant.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Which node has which operations, over all tenants: a node renews its own, and takes over what others left behind. */
final class Leases {

    private static final int TAKEN_MAX = 20;

    private static final String RENEW = """
            UPDATE operation SET lease_until = $2 WHERE node = $1 AND id = ANY ($3) AND lease_until IS NOT NULL
            RETURNING id""";
    private static final String GIVE_BACK =
            "UPDATE operation SET lease_until = $2 WHERE node = $1 AND status IN ('queued', 'running')";
    private static final String GIVE_UP = """
            UPDATE operation SET status = 'failed', problem = $3, finished_at = $1, lease_until = NULL
            WHERE status IN ('queued', 'running') AND lease_until < $1 AND attempts >= $2""";
    private static final String TAKE = """
            UPDATE operation SET node = $2, lease_until = $3, attempts = attempts + 1, status = 'queued', started_at = NULL
            WHERE id IN (SELECT id FROM operation WHERE status IN ('queued', 'running') AND lease_until < $1
                         ORDER BY id LIMIT $4 FOR UPDATE SKIP LOCKED)
            RETURNING id, query_id, tenant_id, actor, policy, scopes, question, est_ms, datasets,
                      coalesce(dataset, '') AS dataset""";
    private static final String PURGE = "DELETE FROM operation WHERE finished_at < $1";

    private final PlatformDb db;
    private final OperationsConfig config;
    private final InstantSource clock;
    private final Duty duty;

    /**
     * What a node does of it.
     *
     * @param node this one, in this life of it
     * @param takesOver whether it takes over now what others left behind
     */
    record Duty(String node, BooleanSupplier takesOver) {}

    /**
     * What became of the leases.
     *
     * @param lost operations that are over, or another node's by now: to be let go of, whoever was to tell that did not
     * @param taken operations that are this node's from now on
     */
    record Renewal(List<String> lost, List<Submission> taken) {}

    Leases(PlatformDb db, OperationsConfig config, InstantSource clock, Duty duty) {
        this.db = db;
        this.config = config;
        this.clock = clock;
        this.duty = duty;
    }

    Lease lease() {
        return new Lease(duty.node(), clock.instant().plus(config.lease()));
    }

    /** How often a sign of life is due. */
    Duration renewEvery() {
        return config.lease().dividedBy(3);
    }

    /**
     * Says that this node lives, and takes over what is left behind, be it by this node itself.
     *
     * @param held the operations that it is at
     */
    Future<Renewal> renewAndTake(List<String> held) {
        return db.inTransaction(transaction -> renew(transaction, held)
                .compose(lost -> duty.takesOver().getAsBoolean()
                        ? giveUp(transaction).compose(_ -> take(transaction)).map(taken -> new Renewal(lost, taken))
                        : Future.succeededFuture(new Renewal(lost, List.of()))));
    }

    private Future<List<String>> renew(SqlConnection transaction, List<String> held) {
        Lease lease = lease();
        return transaction
                .preparedQuery(RENEW)
                .execute(Tuple.of(lease.node(), OperationStore.utc(lease.until()))
                        .addArrayOfString(held.toArray(String[]::new)))
                .map(rows -> {
                    List<String> lost = new ArrayList<>(held);
                    rows.forEach(row -> lost.remove(row.getString(0)));
                    return lost;
                });
    }

    /** This node goes: others may take over at once what it was at. */
    Future<Void> giveBack() {
        return db.inTransaction(transaction -> transaction
                .preparedQuery(GIVE_BACK)
                .execute(Tuple.of(duty.node(), OperationStore.utc(clock.instant())))
                .mapEmpty());
    }

    private Future<Void> giveUp(SqlConnection transaction) {
        Problem.Unavailable problem = new Problem.Unavailable(
                "operations", "The server stopped each time while the query ran; it was given up. Ask it again.");
        String text = new String(Json.write(problem), StandardCharsets.UTF_8);
        return transaction
                .preparedQuery(GIVE_UP)
                .execute(Tuple.of(OperationStore.utc(clock.instant()), config.attemptsMax(), text))
                .mapEmpty();
    }

    private Future<List<Submission>> take(SqlConnection transaction) {
        Lease lease = lease();
        return transaction
                .preparedQuery(TAKE)
                .execute(Tuple.of(
                        OperationStore.utc(clock.instant()),
                        lease.node(),
                        OperationStore.utc(lease.until()),
                        TAKEN_MAX))
                .map(Leases::submissions);
    }

    /** Deletes what ended too long ago. */
    Future<Void> purge() {
        Instant since = clock.instant().minus(config.keep());
        return db.inTransaction(transaction -> transaction
                .preparedQuery(PURGE)
                .execute(Tuple.of(OperationStore.utc(since)))
                .mapEmpty());
    }

    private static List<Submission> submissions(RowSet<Row> rows) {
        List<Submission> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(submission(row)));
        return all;
    }

    private static Submission submission(Row row) {
        Principal principal = new Principal(
                new TenantId(row.getString("tenant_id")),
                row.getString("actor"),
                Set.of(row.getArrayOfStrings("scopes")),
                reach(row.getArrayOfStrings("datasets")),
                Policy.of(row.getString("policy")));
        return new Submission(
                row.getString("id"),
                row.getString("query_id"),
                principal,
                tree(row.getString("question")),
                row.getString("dataset"),
                row.getLong("est_ms"));
    }

    private static Reach reach(String @Nullable [] datasets) {
        return datasets == null ? Reach.ALL : new Reach(Set.of(datasets));
    }

    static JsonNode tree(String text) {
        try {
            return Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("A stored question is not JSON", e);
        }
    }
}
