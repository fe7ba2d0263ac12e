package dev.sextant.engine.druid;

import dev.sextant.engine.Chunk;
import dev.sextant.engine.Chunks;
import dev.sextant.engine.Condition;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of Druid about a dataset as a whole, and what the answers mean. */
final class StateQuery {

    private static final String VERSION = BoundSql.quote(Table.VERSION);
    private static final String MICROS = BoundSql.quote(PooledColumns.MICROS);
    private static final String MILLIS = BoundSql.quote(PooledColumns.MILLIS);

    /** Of older ones it is enough to know the day. */
    private static final Duration HOURS_FOR = Duration.ofDays(3);

    /** The hour a row lies in, or the first of its day, in milliseconds. The mark stands for where hours begin. */
    private static final String TIME = "TIMESTAMP_TO_MILLIS(CASE WHEN " + MICROS + " >= ? THEN TIME_FLOOR(" + MILLIS
            + ", 'PT1H') ELSE TIME_FLOOR(" + MILLIS + ", 'P1D') END)";

    private static final long HOUR_MILLIS = Arrival.HOUR_SECONDS * 1_000;

    private StateQuery() {}

    private static Long hoursFrom(Instant now) {
        return Micros.of(now.minus(HOURS_FOR));
    }

    /** The rows of each chunk, its version, and the latest times; those deleted count for the version alone. */
    static SqlAsk chunks(Snapshot snapshot, Instant now) {
        List<@Nullable Object> values = new ArrayList<>();
        StringBuilder sql = new StringBuilder("SELECT ").append(TIME);
        values.add(hoursFrom(now));
        sql.append(", COUNT(*) FILTER (WHERE ").append(VERSION).append(" <= ?");
        values.add(snapshot.version());
        snapshot.restrict(sql, VERSION, values);
        sql.append("), MAX(").append(VERSION).append("), MAX(").append(MICROS).append("), MAX(");
        sql.append(BoundSql.quote(Table.RECEIVED_AT)).append(")");
        from(sql, snapshot, values);
        sql.append(" AND ").append(VERSION).append(" > ? GROUP BY 1");
        values.add(snapshot.versionMin());
        return new SqlAsk(
                sql.toString(),
                values,
                List.of(FieldType.LONG, FieldType.LONG, FieldType.LONG, FieldType.LONG, FieldType.LONG),
                1);
    }

    /** How many rows of each hour are meant. */
    static SqlAsk meant(Snapshot snapshot, Condition condition, Instant now) {
        List<@Nullable Object> values = new ArrayList<>();
        StringBuilder sql = new StringBuilder("SELECT ").append(TIME).append(", COUNT(*)");
        values.add(hoursFrom(now));
        from(sql, snapshot, values);
        snapshot.restrict(sql, VERSION, values);
        sql.append(" AND (").append(condition.sql()).append(") GROUP BY 1");
        values.addAll(condition.parameters());
        return new SqlAsk(sql.toString(), values, List.of(FieldType.LONG, FieldType.LONG), 1);
    }

    private static void from(StringBuilder sql, Snapshot snapshot, List<@Nullable Object> values) {
        sql.append(" FROM ").append(BoundSql.quote(snapshot.datasource()));
        sql.append(" WHERE ").append(BoundSql.quote(PooledColumns.TENANT)).append(" = ? AND ");
        sql.append(BoundSql.quote(PooledColumns.DATASET)).append(" = ? AND ");
        sql.append(VERSION).append(" <= ?");
        values.add(snapshot.place().tenant().value());
        values.add(snapshot.place().dataset());
        values.add(snapshot.version());
    }

    /** How many rows a version has between two moments. */
    static SqlAsk rowsOf(String datasource, Arrival arrival) {
        String sql =
                "SELECT COUNT(*) FROM %s WHERE %s = ? AND %s >= MILLIS_TO_TIMESTAMP(?) AND %s <= MILLIS_TO_TIMESTAMP(?)"
                        .formatted(BoundSql.quote(datasource), VERSION, MILLIS, MILLIS);
        List<@Nullable Object> values = List.of(
                arrival.version(), Micros.toMillis(arrival.earliestMicros()), Micros.toMillis(arrival.latestMicros()));
        return new SqlAsk(sql, values, List.of(FieldType.LONG), 1);
    }

    static SqlAsk latestVersion(String datasource) {
        return new SqlAsk(
                "SELECT MAX(%s) FROM %s".formatted(VERSION, BoundSql.quote(datasource)),
                List.of(),
                List.of(FieldType.LONG),
                1);
    }

    /** How many segments that count, and are to be loaded, nobody has. */
    static SqlAsk unavailable(String datasource) {
        return new SqlAsk(
                "SELECT COUNT(*) FROM sys.segments WHERE datasource = ? AND is_active = 1 AND is_available = 0"
                        + " AND replication_factor <> 0",
                List.of(datasource),
                List.of(FieldType.LONG),
                1);
    }

    /** The answer to {@link #unavailable}; of its own tables Druid counts nothing as no row. */
    static long count(List<List<@Nullable Object>> rows) {
        return rows.isEmpty() ? 0 : number(rows.getFirst(), 0);
    }

    static SqlAsk columns(String datasource) {
        return new SqlAsk(
                "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = ?",
                List.of(datasource),
                List.of(FieldType.STRING),
                1);
    }

    /** By the hours' numbers since 1970. */
    static Map<Long, Long> hourToRows(List<List<@Nullable Object>> rows) {
        Map<Long, Long> hours = new HashMap<>();
        rows.forEach(row -> hours.merge(hour(row), number(row, 1), Long::sum));
        return hours;
    }

    private static long hour(List<@Nullable Object> row) {
        return Math.floorDiv(number(row, 0), HOUR_MILLIS);
    }

    private static long number(List<@Nullable Object> row, int column) {
        return switch (row.get(column)) {
            case Long number -> number;
            case BigInteger number -> number.longValueExact();
            case null, default -> 0;
        };
    }

    /** The state that the answer to {@link #chunks} tells of. */
    static DatasetState state(Snapshot snapshot, List<List<@Nullable Object>> rows, Instant now) {
        Map<Chunk, Chunks.Content> chunks = new HashMap<>();
        long latestMicros = Long.MIN_VALUE;
        long receivedMicros = Long.MIN_VALUE;
        for (List<@Nullable Object> row : rows) {
            chunks.merge(
                    Arrival.chunk(hour(row), now),
                    new Chunks.Content(number(row, 2), number(row, 1)),
                    StateQuery::joined);
            latestMicros = Math.max(latestMicros, number(row, 3));
            receivedMicros = Math.max(receivedMicros, number(row, 4));
        }
        snapshot.versionToDeletion().forEach((version, deletion) -> raise(chunks, version, deletion, now));
        Chunks known = Chunks.of(chunks);
        if (chunks.isEmpty()) {
            return DatasetState.EMPTY;
        }
        return new DatasetState(
                known.version(null, null),
                chunks.values().stream().mapToLong(Chunks.Content::rows).sum(),
                Micros.toInstant(latestMicros),
                Micros.toInstant(receivedMicros),
                known);
    }

    /** A deletion is a change of those chunks that lost rows, and of those that may have. */
    private static void raise(Map<Chunk, Chunks.Content> chunks, long version, Deletion deletion, Instant now) {
        if (deletion.rows() > 0) {
            deletion.hourToRows()
                    .keySet()
                    .forEach(hour ->
                            chunks.merge(Arrival.chunk(hour, now), new Chunks.Content(version, 0), StateQuery::joined));
        }
        chunks.replaceAll((_, content) -> content.version() > deletion.counted() && content.version() < version
                ? new Chunks.Content(version, content.rows())
                : content);
    }

    private static Chunks.Content joined(Chunks.Content one, Chunks.Content other) {
        return new Chunks.Content(Math.max(one.version(), other.version()), one.rows() + other.rows());
    }
}
