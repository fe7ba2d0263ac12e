package dev.sextant.store;

import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** Says to all nodes that something was changed which they may remember: a key, a tenant, a dataset. */
public final class Changes {

    /** Its numbers are given in the order of commits: the counter's row stays locked until the transaction ends. */
    private static final String RECORD = """
            WITH next AS (UPDATE revision SET value = value + 1 RETURNING value),
                 entry AS (INSERT INTO change (revision, tenant_id, subject, at)
                           SELECT value, $1, $2, clock_timestamp() FROM next)
            SELECT pg_notify('sextant_change', value::text) FROM next""";

    private Changes() {}

    /**
     * Records a change within the transaction that makes it; told to the {@link ChangeFeed} of each node once that
     * transaction is committed. Record last: transactions that record wait for each other.
     *
     * @param subject what was changed, such as {@code api_key:key_…}; 200 characters at most
     */
    public static Future<Void> record(SqlConnection transaction, TenantId tenant, String subject) {
        return transaction
                .preparedQuery(RECORD)
                .execute(Tuple.of(tenant.value(), subject))
                .mapEmpty();
    }
}
