package dev.sextant.audit.log;

import dev.sextant.audit.log.AuditRecord.Consumption;
import dev.sextant.audit.log.AuditRecord.Request;
import dev.sextant.audit.log.AuditRecord.Source;
import dev.sextant.kernel.TenantId;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Records as rows: many are inserted at once, a list for each column. */
final class RecordColumns {

    static final String INSERT = """
            INSERT INTO audit_record (tenant_id, leaf_index, leaf_hash, personal_hash, at_millis, kind, actor, operation,
                resource, request_id, trace_id, status, code, requests, cost_units, events, bytes_out, elapsed_micros,
                socket_millis, journal, sequence)
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bigint[], $6::text[], $7::text[],
                $8::text[], $9::text[], $10::text[], $11::text[], $12::integer[], $13::text[], $14::bigint[], $15::bigint[],
                $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::text[], $21::bigint[])""";

    static final String INSERT_PERSONAL = """
            INSERT INTO audit_personal (tenant_id, leaf_index, salt, address)
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::text[])""";

    static final String SELECT = """
            SELECT r.*, p.salt, p.address FROM audit_record r
            LEFT JOIN audit_personal p ON p.tenant_id = r.tenant_id AND p.leaf_index = r.leaf_index
            WHERE r.tenant_id = $1""";

    private final List<StoredRecord> records;

    private RecordColumns(List<StoredRecord> records) {
        this.records = records;
    }

    static Tuple values(List<StoredRecord> records) {
        RecordColumns columns = new RecordColumns(records);
        return Tuple.tuple()
                .addArrayOfString(columns.texts(one -> one.tenant().value()))
                .addArrayOfLong(columns.all(StoredRecord::leafIndex, Long[]::new))
                .addArrayOfBuffer(columns.all(one -> buffer(one.leafHash()), Buffer[]::new))
                .addArrayOfBuffer(columns.all(one -> buffer(one.personalHash()), Buffer[]::new))
                .addArrayOfLong(columns.numbers(AuditRecord::atMillis))
                .addArrayOfString(columns.texts(AuditRecord::kind))
                .addArrayOfString(columns.texts(AuditRecord::actor))
                .addArrayOfString(columns.texts(one -> one.call().operation()))
                .addArrayOfString(columns.texts(one -> one.call().resource()))
                .addArrayOfString(columns.texts(one -> one.call().requestId()))
                .addArrayOfString(columns.texts(one -> one.call().traceId()))
                .addArrayOfInteger(columns.all(one -> one.record().status(), Integer[]::new))
                .addArrayOfString(columns.texts(AuditRecord::code))
                .addArrayOfLong(columns.numbers(one -> one.used().requests()))
                .addArrayOfLong(columns.numbers(one -> one.used().costUnits()))
                .addArrayOfLong(columns.numbers(one -> one.used().events()))
                .addArrayOfLong(columns.numbers(one -> one.used().bytesOut()))
                .addArrayOfLong(columns.numbers(one -> one.used().elapsedMicros()))
                .addArrayOfLong(columns.numbers(one -> one.used().socketMillis()))
                .addArrayOfString(columns.texts(one -> one.source().journal()))
                .addArrayOfLong(columns.numbers(one -> one.source().sequence()));
    }

    static Tuple personalValues(List<StoredRecord> records) {
        RecordColumns columns = new RecordColumns(records);
        return Tuple.tuple()
                .addArrayOfString(columns.texts(one -> one.tenant().value()))
                .addArrayOfLong(columns.all(StoredRecord::leafIndex, Long[]::new))
                .addArrayOfBuffer(columns.all(one -> Buffer.buffer(Objects.requireNonNull(one.salt())), Buffer[]::new))
                .addArrayOfString(columns.texts(AuditRecord::address));
    }

    static StoredRecord read(Row row) {
        String address = row.getString("address");
        Buffer salt = row.getBuffer("salt");
        AuditRecord record = new AuditRecord(
                new TenantId(row.getString("tenant_id")),
                row.getLong("at_millis"),
                row.getString("kind"),
                row.getString("actor"),
                new Request(
                        row.getString("operation"),
                        row.getString("resource"),
                        row.getString("request_id"),
                        row.getString("trace_id")),
                row.getInteger("status"),
                row.getString("code"),
                new Consumption(
                        row.getLong("requests"),
                        row.getLong("cost_units"),
                        row.getLong("events"),
                        row.getLong("bytes_out"),
                        row.getLong("elapsed_micros"),
                        row.getLong("socket_millis")),
                new Source(row.getString("journal"), row.getLong("sequence")),
                address == null ? "" : address);
        return new StoredRecord(
                row.getLong("leaf_index"),
                record,
                hash(row.getBuffer("leaf_hash")),
                hash(row.getBuffer("personal_hash")),
                salt == null ? null : salt.getBytes());
    }

    static Buffer buffer(Hash hash) {
        return Buffer.buffer(hash.bytes());
    }

    static Hash hash(Buffer bytes) {
        return new Hash(bytes.getBytes());
    }

    private String[] texts(Function<AuditRecord, String> column) {
        return all(one -> column.apply(one.record()), String[]::new);
    }

    private Long[] numbers(ToLongFunction<AuditRecord> column) {
        return all(one -> column.applyAsLong(one.record()), Long[]::new);
    }

    private <T> T[] all(Function<StoredRecord, T> column, java.util.function.IntFunction<T[]> array) {
        return records.stream().map(column).toArray(array);
    }
}
