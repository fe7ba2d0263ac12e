package dev.sextant.operations;

import dev.sextant.kernel.Principal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

/** Has operations of other kinds than queries told of beside these. */
public final class OperationLedger {

    private static final String RECORD = """
            INSERT INTO operation (id, tenant_id, kind, status, actor, policy, scopes, question, est_ms, node,
                                   created_at, started_at, finished_at)
            VALUES ($1, $2, 'scale', 'succeeded', $3, $4, '{}', '{}', 0, '', $5, $5, $5)""";

    private OperationLedger() {}

    /** Records, in the transaction that does it, that a tenant was given another part of the platform. */
    public static Future<Void> recordScale(SqlConnection transaction, String id, Principal principal, Instant at) {
        return transaction
                .preparedQuery(RECORD)
                .execute(Tuple.of(
                        id,
                        principal.tenant().value(),
                        principal.actor(),
                        principal.policy().rules(),
                        OperationStore.utc(at)))
                .mapEmpty();
    }
}
