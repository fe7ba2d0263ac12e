package dev.sextant.limits;

import dev.sextant.kernel.TenantId;
import dev.sextant.limits.LimitsReport.Impact;
import io.vertx.core.Future;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;

/** The calls of a tenant that were let in, as the audit log has them, within a transaction of the tenant. */
final class CallHistory {

    private static final Duration PLAYED = Duration.ofHours(24);
    private static final int ROWS = 1_000;

    private static final String CALLS = """
            SELECT at_millis / 1000 * 1000 AS at, actor, sum(requests)::bigint AS calls, sum(cost_units)::bigint AS units
            FROM audit_record WHERE tenant_id = $1 AND at_millis >= $2 AND kind = 'call' AND status <> 429
            GROUP BY at_millis / 1000, actor, cost_units > 0 ORDER BY at_millis / 1000""";

    private CallHistory() {}

    /** What would have become of the last 24 hours' calls under these limits. */
    static Future<Impact> impact(SqlConnection transaction, TenantId tenant, Limits limits, Instant now) {
        long fromMillis = now.minus(PLAYED).toEpochMilli();
        Replay replay = new Replay(limits, fromMillis);
        return transaction
                .prepare(CALLS)
                .compose(statement -> play(statement.cursor(Tuple.of(tenant.value(), fromMillis)), replay)
                        .eventually(statement::close))
                .map(_ -> replay.impact());
    }

    private static Future<Void> play(Cursor cursor, Replay replay) {
        return cursor.read(ROWS).compose(rows -> {
            rows.forEach(row -> replay.add(calls(row)));
            return cursor.hasMore() ? play(cursor, replay) : Future.succeededFuture();
        });
    }

    private static Replay.Calls calls(Row row) {
        return new Replay.Calls(row.getLong("at"), row.getString("actor"), row.getLong("calls"), row.getLong("units"));
    }
}
