package dev.sextant.audit;

import dev.sextant.audit.journal.Frame;
import dev.sextant.audit.log.AuditRecord;
import dev.sextant.audit.log.AuditRecord.Source;
import dev.sextant.audit.log.LogAppend;
import dev.sextant.store.PlatformDb;
import dev.sextant.usage.UsageMeter;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;

/**
 * Takes records of one journal into the logs, and into the meter, in one transaction that also moves the journal's place: what
 * was taken once is never taken again.
 */
final class Shipment {

    private static final String BEGIN =
            "INSERT INTO audit_journal (id, next_sequence) VALUES ($1, 0) ON CONFLICT DO NOTHING";
    private static final String PLACE = "SELECT next_sequence FROM audit_journal WHERE id = $1";
    private static final String MOVE = "UPDATE audit_journal SET next_sequence = $2 WHERE id = $1";

    private final PlatformDb db;
    private final String journal;
    private final LogAppend log;

    /** @param journal its id */
    Shipment(PlatformDb db, String journal, LogAppend log) {
        this.db = db;
        this.journal = journal;
        this.log = log;
    }

    /** The number of the first frame that was not taken yet. */
    Future<Long> place() {
        return db.inTransaction(transaction ->
                transaction.preparedQuery(BEGIN).execute(Tuple.of(journal)).compose(_ -> place(transaction, PLACE)));
    }

    /** Takes these frames, but for those that were taken; the place after them. */
    Future<Long> ship(List<Frame> frames) {
        return db.inTransaction(transaction -> place(transaction, PLACE + " FOR UPDATE")
                .compose(place -> ship(
                        transaction,
                        frames.stream()
                                .filter(frame -> frame.sequence() >= place)
                                .toList(),
                        place)));
    }

    private Future<Long> place(SqlConnection transaction, String sql) {
        return transaction
                .preparedQuery(sql)
                .execute(Tuple.of(journal))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Future<Long> ship(SqlConnection transaction, List<Frame> frames, long place) {
        if (frames.isEmpty()) {
            return Future.succeededFuture(place);
        }
        long next = frames.getLast().sequence() + 1;
        List<AuditRecord> records = frames.stream()
                .map(frame -> EntryCodec.read(frame.bytes(), new Source(journal, frame.sequence())))
                .toList();
        return MadeChanges.settle(transaction, records)
                .map(recorded -> without(records, recorded))
                .compose(fresh -> record(transaction, log, fresh))
                .compose(_ -> transaction.preparedQuery(MOVE).execute(Tuple.of(journal, next)))
                .map(next);
    }

    /** What a record was made of already, of its change alone, stays as it is. */
    private static List<AuditRecord> without(List<AuditRecord> records, Set<String> requestIds) {
        return records.stream()
                .filter(record -> !record.kind().equals(AuditRecord.CALL)
                        || !requestIds.contains(record.call().requestId()))
                .toList();
    }

    /** Into the logs and into the meter: the one never without the other. */
    static Future<Void> record(SqlConnection transaction, LogAppend log, List<AuditRecord> records) {
        return log.append(transaction, records).compose(_ -> UsageMeter.add(transaction, records));
    }
}
