package dev.sextant.operations;

import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

/** Has operations of other kinds than queries told of beside these. They have no lease: who runs them sees to their end. */
public final class OperationLedger {

    private static final String BEGIN = """
            INSERT INTO operation (id, tenant_id, kind, status, actor, policy, scopes, question, est_ms, node,
                                   created_at, started_at)
            VALUES ($1, $2, $6, 'running', $3, $4, '{}', '{}', 0, '', $5, $5)""";
    private static final String IS_RUNNING = "SELECT 1 FROM operation WHERE id = $1 AND status = 'running'";
    private static final String FINISH = """
            UPDATE operation SET status = 'succeeded', finished_at = $2
            WHERE id = ANY ($1) AND kind = 'scale' AND status = 'running'""";
    private static final String TELL = "UPDATE operation SET progress = $2 WHERE id = $1 AND status = 'running'";
    private static final String FINISH_BACKUP = """
            UPDATE operation SET status = $2, problem = $3, finished_at = $4
            WHERE id = $1 AND kind = 'backup' AND status = 'running'""";
    private static final String LEAVE_BACKUPS = """
            UPDATE operation SET status = 'failed', problem = $1, finished_at = $2
            WHERE kind = 'backup' AND status = 'running'""";

    private OperationLedger() {}

    /** Records, in the transaction that does it, that a tenant is given another part of the platform. */
    public static Future<Void> beginScale(SqlConnection transaction, String id, Principal principal, Instant at) {
        return begin(transaction, "scale", id, principal, at);
    }

    /** Records that a backup is being made. */
    public static Future<Void> beginBackup(SqlConnection transaction, String id, Principal principal, Instant at) {
        return begin(transaction, "backup", id, principal, at);
    }

    private static Future<Void> begin(
            SqlConnection transaction, String kind, String id, Principal principal, Instant at) {
        return transaction
                .preparedQuery(BEGIN)
                .execute(Tuple.of(
                        id,
                        principal.tenant().value(),
                        principal.actor(),
                        principal.policy().rules(),
                        OperationStore.utc(at),
                        kind))
                .mapEmpty();
    }

    public static Future<Boolean> isRunning(SqlConnection transaction, String id) {
        return transaction.preparedQuery(IS_RUNNING).execute(Tuple.of(id)).map(rows -> rows.size() == 1);
    }

    /** Says that parts are in force; those that are over already stay as they are. */
    public static Future<Void> finishScales(SqlConnection transaction, List<String> ids, Instant at) {
        return transaction
                .preparedQuery(FINISH)
                .execute(Tuple.tuple()
                        .addArrayOfString(ids.toArray(String[]::new))
                        .addOffsetDateTime(OperationStore.utc(at)))
                .mapEmpty();
    }

    /** Tells how far one is, from 0 to 1. */
    public static Future<Void> tellProgress(SqlConnection transaction, String id, double progress) {
        return transaction.preparedQuery(TELL).execute(Tuple.of(id, progress)).mapEmpty();
    }

    /** Says that a backup is whole. */
    public static Future<Void> finishBackup(SqlConnection transaction, String id, Instant at) {
        return transaction
                .preparedQuery(FINISH_BACKUP)
                .execute(Tuple.of(id, Status.SUCCEEDED.text(), null, OperationStore.utc(at)))
                .mapEmpty();
    }

    /** Says that a backup will not be whole. */
    public static Future<Void> failBackup(SqlConnection transaction, String id, Problem problem, Instant at) {
        return transaction
                .preparedQuery(FINISH_BACKUP)
                .execute(
                        Tuple.of(id, Status.FAILED.text(), OperationStore.problemText(problem), OperationStore.utc(at)))
                .mapEmpty();
    }

    /** Says so of all that are being made: by a server that has just started, and makes none yet. */
    public static Future<Void> failBackups(SqlConnection transaction, Problem problem, Instant at) {
        return transaction
                .preparedQuery(LEAVE_BACKUPS)
                .execute(Tuple.of(OperationStore.problemText(problem), OperationStore.utc(at)))
                .mapEmpty();
    }
}
