package dev.sextant.audit;

import dev.sextant.audit.log.AuditRecord;
import dev.sextant.audit.log.AuditRecord.Consumption;
import dev.sextant.audit.log.AuditRecord.Request;
import dev.sextant.audit.log.AuditRecord.Source;
import dev.sextant.audit.log.LogAppend;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What changes have written down with themselves. As a rule the record of their call settles it; where none comes for minutes,
 * the node died in between, and they become records themselves, whose outcome nobody knows.
 */
final class MadeChanges {

    private static final int PER_RUN_MAX = 500;
    private static final String UNANSWERED = "unanswered";
    private static final Consumption ONE_CALL = new Consumption(1, 0, 0, 0, 0, 0);

    private static final String SETTLE = "DELETE FROM audit_change WHERE recorded_at IS NULL AND request_id = ANY ($1)";
    private static final String RECORDED =
            "SELECT request_id FROM audit_change WHERE recorded_at IS NOT NULL AND request_id = ANY ($1)";
    private static final String ORPHANS = """
            UPDATE audit_change SET recorded_at = clock_timestamp() WHERE request_id IN (
                SELECT request_id FROM audit_change
                WHERE recorded_at IS NULL AND at < clock_timestamp() - $1 * interval '1 ms' ORDER BY at LIMIT $2
                FOR UPDATE SKIP LOCKED)
            RETURNING request_id, tenant_id, trace_id, actor, operation, at""";
    private static final String FORGET = "DELETE FROM audit_change WHERE recorded_at < now() - interval '90 days'";

    private final PlatformDb db;
    private final LogAppend log;
    private final Duration orphansAfter;

    MadeChanges(PlatformDb db, LogAppend log, Duration orphansAfter) {
        this.db = db;
        this.log = log;
        this.orphansAfter = orphansAfter;
    }

    /** Takes away what these records are of; those whose change became a record itself before. */
    static Future<Set<String>> settle(SqlConnection transaction, List<AuditRecord> records) {
        Tuple requests = Tuple.tuple()
                .addArrayOfString(records.stream()
                        .map(record -> record.call().requestId())
                        .filter(id -> !id.isEmpty())
                        .toArray(String[]::new));
        return transaction
                .preparedQuery(SETTLE)
                .execute(requests)
                .compose(_ -> transaction.preparedQuery(RECORDED).execute(requests))
                .map(rows -> {
                    Set<String> recorded = new HashSet<>();
                    rows.forEach(row -> recorded.add(row.getString(0)));
                    return recorded;
                });
    }

    /** Makes records of what nobody has settled in time. */
    Future<Void> recordOrphans() {
        Tuple values = Tuple.of((double) orphansAfter.toMillis(), PER_RUN_MAX);
        return db.inTransaction(transaction -> transaction
                .query(FORGET)
                .execute()
                .compose(_ -> transaction.preparedQuery(ORPHANS).execute(values))
                .compose(rows -> {
                    List<AuditRecord> records = new ArrayList<>();
                    rows.forEach(row -> records.add(record(row)));
                    return Shipment.record(transaction, log, records);
                }));
    }

    private static AuditRecord record(Row row) {
        return new AuditRecord(
                new TenantId(row.getString("tenant_id")),
                row.getOffsetDateTime("at").toInstant().toEpochMilli(),
                AuditRecord.CALL,
                row.getString("actor"),
                new Request(row.getString("operation"), "", row.getString("request_id"), row.getString("trace_id")),
                0,
                UNANSWERED,
                ONE_CALL,
                new Source(AuditRecord.CHANGE, 0),
                "");
    }
}
