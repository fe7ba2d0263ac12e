package dev.sextant.audit.log;

import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Appends records to the logs of their tenants, in the order they come, within a transaction of {@code PlatformDb}. Whoever
 * appends to the same logs meanwhile waits for its end. Costs about 10 µs of CPU a record: for worker threads.
 */
public final class LogAppend {

    private static final int SALT_BYTES = 16;

    private static final String BEGIN = """
            INSERT INTO audit_log (tenant_id, size, peaks) SELECT tenant_id, 0, ''::bytea FROM unnest($1::text[]) AS tenant_id
            ON CONFLICT DO NOTHING""";

    /** In one order for all, so that no two wait for each other. */
    private static final String LOCK = """
            SELECT tenant_id, size, peaks FROM audit_log WHERE tenant_id = ANY ($1) ORDER BY tenant_id FOR UPDATE""";

    private static final String MOVE = """
            UPDATE audit_log SET size = moved.size, peaks = moved.peaks
            FROM unnest($1::text[], $2::bigint[], $3::bytea[]) AS moved (tenant_id, size, peaks)
            WHERE audit_log.tenant_id = moved.tenant_id""";

    private static final String INSERT_NODES = """
            INSERT INTO audit_node (tenant_id, leaf_after, level, hash)
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::integer[], $4::bytea[])""";

    private final SecureRandom random = new SecureRandom();

    /** A subtree that an appended leaf has made whole. */
    private record Whole(TenantId tenant, TreeNode node) {}

    /** What one transaction adds. */
    private static final class Growth {
        private final Map<String, Peaks> tenantToPeaks = new TreeMap<>();
        private final List<StoredRecord> records = new ArrayList<>();
        private final List<Whole> nodes = new ArrayList<>();
    }

    /** Appends; where one of the logs cannot be gone on with, because it was changed, all fails. */
    public Future<Void> append(SqlConnection transaction, List<AuditRecord> records) {
        if (records.isEmpty()) {
            return Future.succeededFuture();
        }
        String[] tenants = records.stream()
                .map(record -> record.tenant().value())
                .distinct()
                .sorted()
                .toArray(String[]::new);
        Tuple which = Tuple.tuple().addArrayOfString(tenants);
        return transaction
                .preparedQuery(BEGIN)
                .execute(which)
                .compose(_ -> transaction.preparedQuery(LOCK).execute(which))
                .map(rows -> grow(rows, records))
                .compose(growth -> write(transaction, growth));
    }

    private Growth grow(RowSet<Row> logs, List<AuditRecord> records) {
        Growth growth = new Growth();
        for (Row row : logs) {
            growth.tenantToPeaks.put(
                    row.getString("tenant_id"),
                    Peaks.read(row.getLong("size"), row.getBuffer("peaks").getBytes()));
        }
        byte[] salts = new byte[SALT_BYTES * records.size()];
        random.nextBytes(salts);
        for (int i = 0; i < records.size(); i++) {
            byte[] salt = java.util.Arrays.copyOfRange(salts, i * SALT_BYTES, (i + 1) * SALT_BYTES);
            append(growth, records.get(i), salt);
        }
        return growth;
    }

    private static void append(Growth growth, AuditRecord record, byte[] salt) {
        Peaks peaks =
                Objects.requireNonNull(growth.tenantToPeaks.get(record.tenant().value()));
        Hash personal = Leaf.personal(salt, record.address());
        Hash leaf = Leaf.hash(record, personal);
        growth.records.add(new StoredRecord(peaks.size(), record, leaf, personal, salt));
        peaks.append(leaf, node -> growth.nodes.add(new Whole(record.tenant(), node)));
    }

    private static Future<Void> write(SqlConnection transaction, Growth growth) {
        return transaction
                .preparedQuery(RecordColumns.INSERT)
                .execute(RecordColumns.values(growth.records))
                .compose(_ -> transaction
                        .preparedQuery(RecordColumns.INSERT_PERSONAL)
                        .execute(RecordColumns.personalValues(growth.records)))
                .compose(_ -> transaction.preparedQuery(INSERT_NODES).execute(nodes(growth.nodes)))
                .compose(_ -> transaction.preparedQuery(MOVE).execute(moved(growth.tenantToPeaks)))
                .mapEmpty();
    }

    private static Tuple nodes(List<Whole> nodes) {
        return Tuple.tuple()
                .addArrayOfString(
                        nodes.stream().map(one -> one.tenant().value()).toArray(String[]::new))
                .addArrayOfLong(nodes.stream()
                        .map(one -> one.node().place().leafAfter())
                        .toArray(Long[]::new))
                .addArrayOfInteger(
                        nodes.stream().map(one -> one.node().place().level()).toArray(Integer[]::new))
                .addArrayOfBuffer(nodes.stream()
                        .map(one -> RecordColumns.buffer(one.node().hash()))
                        .toArray(Buffer[]::new));
    }

    private static Tuple moved(Map<String, Peaks> tenantToPeaks) {
        List<Peaks> peaks = tenantToPeaks.values().stream().collect(Collectors.toList());
        return Tuple.tuple()
                .addArrayOfString(tenantToPeaks.keySet().toArray(String[]::new))
                .addArrayOfLong(peaks.stream().map(Peaks::size).toArray(Long[]::new))
                .addArrayOfBuffer(
                        peaks.stream().map(one -> Buffer.buffer(one.bytes())).toArray(Buffer[]::new));
    }
}
