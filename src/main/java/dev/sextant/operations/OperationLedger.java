package dev.sextant.operations;

import dev.sextant.kernel.Principal;
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
            VALUES ($1, $2, 'scale', 'running', $3, $4, '{}', '{}', 0, '', $5, $5)""";
    private static final String IS_RUNNING = "SELECT 1 FROM operation WHERE id = $1 AND status = 'running'";
    private static final String FINISH = """
            UPDATE operation SET status = 'succeeded', finished_at = $2
            WHERE id = ANY ($1) AND kind = 'scale' AND status = 'running'""";

    private OperationLedger() {}

    /** Records, in the transaction that does it, that a tenant is given another part of the platform. */
    public static Future<Void> beginScale(SqlConnection transaction, String id, Principal principal, Instant at) {
        return transaction
                .preparedQuery(BEGIN)
                .execute(Tuple.of(
                        id,
                        principal.tenant().value(),
                        principal.actor(),
                        principal.policy().rules(),
                        OperationStore.utc(at)))
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
}
