package dev.sextant.query.log;

import dev.sextant.kernel.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The table {@code query_shape}, within a transaction that has named its tenant. */
final class QueryLogStore {

    /** The dataset may be gone by now. */
    private static final String ADD = """
            INSERT INTO query_shape AS there (tenant_id, dataset, day, shape_id, shape,
                asked, scans, scanned_rows, rollup_reads, rollup_rows, engine_micros)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
            WHERE EXISTS (SELECT FROM dataset WHERE tenant_id = $1 AND name = $2)
            ON CONFLICT (tenant_id, dataset, day, shape_id) DO UPDATE SET
                asked = there.asked + excluded.asked,
                scans = there.scans + excluded.scans,
                scanned_rows = there.scanned_rows + excluded.scanned_rows,
                rollup_reads = there.rollup_reads + excluded.rollup_reads,
                rollup_rows = there.rollup_rows + excluded.rollup_rows,
                engine_micros = there.engine_micros + excluded.engine_micros""";

    private static final String DELETE_BEFORE = "DELETE FROM query_shape WHERE day < $1";
    private static final String DELETE_LEAST = """
            DELETE FROM query_shape WHERE day = $1 AND (dataset, shape_id) IN (
                SELECT dataset, shape_id FROM query_shape WHERE day = $1
                ORDER BY scanned_rows DESC, asked DESC, dataset, shape_id OFFSET $2)""";
    private static final String SINCE = """
            SELECT min(shape) AS shape, sum(asked)::bigint AS asked, sum(scans)::bigint AS scans,
                sum(scanned_rows)::bigint AS scanned_rows, sum(rollup_reads)::bigint AS rollup_reads,
                sum(rollup_rows)::bigint AS rollup_rows, sum(engine_micros)::bigint AS engine_micros
            FROM query_shape WHERE dataset = $1 AND day >= $2
            GROUP BY shape_id ORDER BY sum(scanned_rows) DESC, sum(asked) DESC, shape_id""";

    private QueryLogStore() {}

    /** Adds to what all nodes have counted of that day; a node adds in the same order as the others. */
    static Future<Void> add(SqlConnection connection, LocalDate day, Map<LogLine, Counts> lineToCounts) {
        List<Tuple> batch = lineToCounts.entrySet().stream()
                .map(entry -> tuple(entry.getKey(), day, entry.getValue()))
                .sorted(Comparator.comparing((Tuple tuple) -> tuple.getString(1))
                        .thenComparing(tuple -> tuple.getString(3)))
                .toList();
        return batch.isEmpty()
                ? Future.succeededFuture()
                : connection.preparedQuery(ADD).executeBatch(batch).mapEmpty();
    }

    private static Tuple tuple(LogLine line, LocalDate day, Counts counts) {
        return Tuple.of(line.tenant().value(), line.dataset(), day, id(line.shape()), line.shape())
                .addLong(counts.asked())
                .addLong(counts.scans())
                .addLong(counts.scannedRows())
                .addLong(counts.rollupReads())
                .addLong(counts.rollupRows())
                .addLong(counts.engineMicros());
    }

    private static String id(String shape) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shape.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Keeps so many days, and of the last one so many shapes. */
    static Future<Void> prune(SqlConnection connection, LocalDate today, QueryLogConfig config) {
        return connection
                .preparedQuery(DELETE_BEFORE)
                .execute(Tuple.of(today.minusDays(config.daysKept() - 1L)))
                .compose(_ -> connection.preparedQuery(DELETE_LEAST).execute(Tuple.of(today, (long)
                        config.shapesPerTenantMax())))
                .mapEmpty();
    }

    /** The shapes for which most rows were read come first. */
    static Future<List<LoggedShape>> since(SqlConnection connection, String dataset, LocalDate first) {
        return connection.preparedQuery(SINCE).execute(Tuple.of(dataset, first)).map(QueryLogStore::all);
    }

    private static List<LoggedShape> all(RowSet<Row> rows) {
        List<LoggedShape> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(read(row)));
        return all;
    }

    private static LoggedShape read(Row row) {
        byte[] shape = row.getString("shape").getBytes(StandardCharsets.UTF_8);
        return new LoggedShape(
                Json.read(shape, QueryShape.class),
                new Counts(
                        row.getLong("asked"),
                        row.getLong("scans"),
                        row.getLong("scanned_rows"),
                        row.getLong("rollup_reads"),
                        row.getLong("rollup_rows"),
                        row.getLong("engine_micros")));
    }
}
