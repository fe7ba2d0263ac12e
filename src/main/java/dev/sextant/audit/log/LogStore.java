package dev.sextant.audit.log;

import dev.sextant.audit.log.TreeNode.Place;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads logs, within a transaction of either handle. */
final class LogStore {

    private static final String STATE = "SELECT size, peaks FROM audit_log WHERE tenant_id = $1";
    private static final String RANGE =
            RecordColumns.SELECT + " AND r.leaf_index >= $2 AND r.leaf_index < $3 ORDER BY r.leaf_index LIMIT $4";
    private static final String NODES_WITHIN = """
            SELECT level, leaf_after, hash FROM audit_node WHERE tenant_id = $1 AND leaf_after > $2 AND leaf_after <= $3
            ORDER BY leaf_after, level""";
    private static final String LEAVES =
            "SELECT leaf_index, leaf_hash FROM audit_record WHERE tenant_id = $1 AND leaf_index = ANY ($2)";
    private static final String NODES = """
            SELECT n.level, n.leaf_after, n.hash FROM unnest($2::integer[], $3::bigint[]) AS wanted (level, leaf_after)
            JOIN audit_node n ON n.tenant_id = $1 AND n.level = wanted.level AND n.leaf_after = wanted.leaf_after""";
    private static final String HEADS = """
            SELECT size, signed FROM audit_tree_head WHERE tenant_id = $1 AND size > $2 AND size <= $3
            ORDER BY size DESC LIMIT $4""";
    private static final String INSERT_HEAD = """
            INSERT INTO audit_tree_head (tenant_id, size, signed, kid) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING""";

    /** A head whose key was withdrawn is none. */
    private static final String GROWN = """
            SELECT l.tenant_id FROM audit_log l WHERE l.size > 0 AND NOT EXISTS
                (SELECT 1 FROM audit_tree_head h LEFT JOIN signing_key k ON k.kid = h.kid
                WHERE h.tenant_id = l.tenant_id AND h.size = l.size AND k.withdrawn_at IS NULL)
            ORDER BY l.tenant_id LIMIT $1""";

    /**
     * How far a log is.
     *
     * @param peaks as stored, whatever they are worth
     */
    @SuppressWarnings("ArrayRecordComponent") // as it was read; nobody compares or changes it
    record State(long size, byte[] peaks) {

        static final State NONE = new State(0, new byte[0]);
    }

    /** A head as stored. */
    record Head(long size, String signed) {}

    private LogStore() {}

    static Future<State> state(SqlConnection connection, TenantId tenant) {
        return connection
                .preparedQuery(STATE)
                .execute(Tuple.of(tenant.value()))
                .map(rows -> first(
                                rows,
                                row -> new State(
                                        row.getLong("size"),
                                        row.getBuffer("peaks").getBytes()))
                        .orElse(State.NONE));
    }

    /** The records that are there, of those from {@code from} up to, not including, {@code to}. */
    static Future<List<StoredRecord>> records(
            SqlConnection connection, TenantId tenant, Subtrees.Span range, int limit) {
        return connection
                .preparedQuery(RANGE)
                .execute(Tuple.of(tenant.value(), range.from(), range.to(), limit))
                .map(rows -> all(rows, RecordColumns::read));
    }

    /** The subtrees whose last leaf is one of these. */
    static Future<Map<Place, Hash>> nodesWithin(SqlConnection connection, TenantId tenant, Subtrees.Span leaves) {
        return connection
                .preparedQuery(NODES_WITHIN)
                .execute(Tuple.of(tenant.value(), leaves.from(), leaves.to()))
                .map(LogStore::nodes);
    }

    /** Those of these subtrees that are there. */
    static Future<Map<Place, Hash>> hashes(SqlConnection connection, TenantId tenant, Collection<Place> wanted) {
        Long[] leaves = wanted.stream()
                .filter(place -> place.level() == 0)
                .map(Place::position)
                .toArray(Long[]::new);
        List<Place> nodes = wanted.stream().filter(place -> place.level() > 0).toList();
        Tuple values = Tuple.of(tenant.value())
                .addArrayOfInteger(nodes.stream().map(Place::level).toArray(Integer[]::new))
                .addArrayOfLong(nodes.stream().map(Place::leafAfter).toArray(Long[]::new));
        return connection
                .preparedQuery(LEAVES)
                .execute(Tuple.of(tenant.value()).addArrayOfLong(leaves))
                .compose(found -> connection
                        .preparedQuery(NODES)
                        .execute(values)
                        .map(rows -> {
                            Map<Place, Hash> hashes = new HashMap<>(nodes(rows));
                            for (Row row : found) {
                                hashes.put(
                                        new Place(0, row.getLong("leaf_index")),
                                        RecordColumns.hash(row.getBuffer("leaf_hash")));
                            }
                            return hashes;
                        }));
    }

    /** Heads of trees larger than {@code from}, up to {@code to}; the latest first. */
    static Future<List<Head>> heads(SqlConnection connection, TenantId tenant, Subtrees.Span sizes, int limit) {
        return connection
                .preparedQuery(HEADS)
                .execute(Tuple.of(tenant.value(), sizes.from(), sizes.to(), limit))
                .map(rows -> all(rows, row -> new Head(row.getLong("size"), row.getString("signed"))));
    }

    static Future<Void> insertHead(SqlConnection connection, SignedHead head, String keyId) {
        return connection
                .preparedQuery(INSERT_HEAD)
                .execute(Tuple.of(head.tenantId(), head.treeSize(), head.signed(), keyId))
                .mapEmpty();
    }

    /** Tenants whose log has no good head of the size it is of. */
    static Future<List<TenantId>> grown(SqlConnection connection, int limit) {
        return connection
                .preparedQuery(GROWN)
                .execute(Tuple.of(limit))
                .map(rows -> all(rows, row -> new TenantId(row.getString("tenant_id"))));
    }

    private static Map<Place, Hash> nodes(RowSet<Row> rows) {
        Map<Place, Hash> nodes = new HashMap<>();
        for (Row row : rows) {
            int level = row.getInteger("level");
            long position = (row.getLong("leaf_after") >> level) - 1;
            nodes.put(new Place(level, position), RecordColumns.hash(row.getBuffer("hash")));
        }
        return nodes;
    }

    static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(read.apply(row)));
        return all;
    }

    private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
        return all(rows, read).stream().findFirst();
    }
}
