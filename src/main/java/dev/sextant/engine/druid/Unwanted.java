package dev.sextant.engine.druid;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import dev.sextant.kernel.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows that nobody is to see any more.
 *
 * @param sql a condition over the columns of a datasource
 */
record Unwanted(String sql, List<@Nullable Object> values) {

    private static final String TENANT = BoundSql.quote(PooledColumns.TENANT) + " = ?";
    private static final String DATASET = BoundSql.quote(PooledColumns.DATASET) + " = ?";
    private static final String VERSION = BoundSql.quote(Table.VERSION);
    private static final String TIME = BoundSql.quote(PooledColumns.MILLIS);

    /** Those that a deletion of this version means. */
    static Unwanted of(Place place, long version, Deletion deletion) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(place.tenant().value());
        values.add(place.dataset());
        values.add(version);
        values.addAll(deletion.parameters());
        return new Unwanted(
                "%s AND %s AND %s < ? AND (%s)".formatted(TENANT, DATASET, VERSION, deletion.sql()), values);
    }

    /** All that a tenant had who was dropped at this version. */
    static Unwanted of(TenantId tenant, long dropped) {
        return new Unwanted("%s AND %s <= ?".formatted(TENANT, VERSION), List.of(tenant.value(), dropped));
    }

    /** All of these. */
    static Unwanted any(List<Unwanted> many) {
        return new Unwanted(
                many.stream().map(one -> "(" + one.sql + ")").collect(Collectors.joining(" OR ")),
                many.stream()
                        .<@Nullable Object>flatMap(one -> one.values.stream())
                        .toList());
    }

    /** In which segments how many are there, by when the segments begin, in milliseconds since 1970. */
    SqlAsk left(String datasource, DruidConfig.Datasources.Span segments) {
        return new SqlAsk(
                "SELECT TIMESTAMP_TO_MILLIS(TIME_FLOOR(%s, '%s')), COUNT(*) FROM %s WHERE %s GROUP BY 1"
                        .formatted(TIME, segments.iso(), BoundSql.quote(datasource), sql),
                values,
                List.of(FieldType.LONG, FieldType.LONG),
                1);
    }

    /** The answer to {@link #left}. */
    static Map<Long, Long> segmentToRows(List<List<@Nullable Object>> rows) {
        Map<Long, Long> segmentToRows = new HashMap<>();
        for (List<@Nullable Object> row : rows) {
            if (row.get(0) instanceof Long segment && row.get(1) instanceof Long count) {
                segmentToRows.put(segment, count);
            }
        }
        return segmentToRows;
    }

    /** How Druid would look for all other rows: see {@link KeptRows#of}. */
    SqlAsk explained(String datasource) {
        return new SqlAsk(
                "EXPLAIN PLAN FOR SELECT COUNT(*) FROM %s WHERE (%s) IS NOT TRUE"
                        .formatted(BoundSql.quote(datasource), sql),
                values,
                List.of(FieldType.STRING, FieldType.STRING, FieldType.STRING),
                1);
    }
}
