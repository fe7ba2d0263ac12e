package dev.sextant.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Who does what one node at a time does: the table {@code node_lease}, within transactions of {@link PlatformDb}. PostgreSQL's
 * clock alone counts. Two nodes can believe at once that a lease is theirs, for as long as one of them has not heard; they can't
 * both act on it, where each act begins with {@link Fence#hold}.
 */
public final class NodeLeases {

    /**
     * A lease as it stands.
     *
     * @param isHeld false where it has ended, or was given back
     */
    public record Standing(Fence fence, Instant expiresAt, boolean isHeld) {}

    private static final String MAKE = """
            INSERT INTO node_lease (name, owner, epoch, expires_at)
            SELECT name, $2, 1, clock_timestamp() + $3 * interval '1 millisecond' FROM unnest($1::text[]) AS name
            ON CONFLICT DO NOTHING RETURNING name, owner, epoch""";

    /** What an act holds at this moment is left for later. */
    private static final String TAKE = """
            UPDATE node_lease
            SET owner = $2, epoch = epoch + 1, expires_at = clock_timestamp() + $3 * interval '1 millisecond'
            WHERE name IN (SELECT name FROM node_lease WHERE name = ANY ($1) AND expires_at <= clock_timestamp()
                           ORDER BY name FOR UPDATE SKIP LOCKED)
            RETURNING name, owner, epoch""";

    private static final String RENEW = """
            UPDATE node_lease SET expires_at = clock_timestamp() + $2 * interval '1 millisecond'
            WHERE owner = $1 AND expires_at > clock_timestamp() RETURNING name, owner, epoch""";

    private static final String GIVE_BACK =
            "UPDATE node_lease SET expires_at = '-infinity' WHERE owner = $1 AND name = ANY ($2)";

    private static final String READ = """
            SELECT name, owner, epoch, expires_at > clock_timestamp() AS held,
                   greatest(expires_at, 'epoch'::timestamptz) AS expires_at
            FROM node_lease ORDER BY name""";

    private NodeLeases() {}

    /** Takes those of {@code wanted} that nobody has. */
    public static Future<List<Fence>> take(
            SqlConnection transaction, String owner, Collection<String> wanted, Duration life) {
        return fences(transaction, MAKE, values(owner, wanted, life)).compose(made -> {
            List<String> left = new ArrayList<>(wanted);
            made.forEach(fence -> left.remove(fence.lease()));
            return fences(transaction, TAKE, values(owner, left, life)).map(taken -> {
                List<Fence> all = new ArrayList<>(made);
                all.addAll(taken);
                return all;
            });
        });
    }

    private static Future<List<Fence>> fences(SqlConnection transaction, String sql, Tuple values) {
        return transaction.preparedQuery(sql).execute(values).map(NodeLeases::fences);
    }

    private static Tuple values(String owner, Collection<String> wanted, Duration life) {
        return Tuple.tuple()
                .addArrayOfString(wanted.toArray(String[]::new))
                .addString(owner)
                .addDouble((double) life.toMillis());
    }

    /** Keeps all that {@code owner} still has, and tells which these are. */
    public static Future<List<Fence>> renew(SqlConnection transaction, String owner, Duration life) {
        return fences(transaction, RENEW, Tuple.of(owner, (double) life.toMillis()));
    }

    /** Lets others have them, once no act holds them. */
    public static Future<Void> giveBack(SqlConnection transaction, String owner, Collection<String> names) {
        return transaction
                .preparedQuery(GIVE_BACK)
                .execute(Tuple.of(owner).addArrayOfString(names.toArray(String[]::new)))
                .mapEmpty();
    }

    /** All there are. */
    public static Future<List<Standing>> read(SqlConnection transaction) {
        return transaction.query(READ).execute().map(rows -> {
            List<Standing> all = new ArrayList<>(rows.size());
            rows.forEach(row -> all.add(
                    new Standing(fence(row), row.getOffsetDateTime("expires_at").toInstant(), row.getBoolean("held"))));
            return all;
        });
    }

    private static List<Fence> fences(RowSet<Row> rows) {
        List<Fence> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(fence(row)));
        return all;
    }

    private static Fence fence(Row row) {
        return new Fence(row.getString("name"), row.getString("owner"), row.getLong("epoch"));
    }
}
