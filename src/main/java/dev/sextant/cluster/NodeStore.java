package dev.sextant.cluster;

import dev.sextant.feature.Role;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Changes;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code node}, within transactions of {@code PlatformDb}. */
final class NodeStore {

    static final String SUBJECT = "node:";

    /** A node that has not been seen for so long is believed to be gone. */
    static final int SEEN_SECONDS = 5;

    private static final String BEGIN = """
            INSERT INTO node (name, life, roles, version, address) VALUES ($1, $2, $3, $4, '')
            ON CONFLICT (name) DO UPDATE SET life = excluded.life, roles = excluded.roles, version = excluded.version,
                address = '', started_at = excluded.started_at, seen_at = excluded.seen_at, draining = false""";
    private static final String FORGET = "DELETE FROM node WHERE seen_at < clock_timestamp() - interval '1 day'";
    private static final String BEAT =
            "UPDATE node SET seen_at = clock_timestamp(), address = $3 WHERE name = $1 AND life = $2 RETURNING name";
    private static final String END = "DELETE FROM node WHERE name = $1 AND life = $2";
    private static final String READ = """
            SELECT name, life, roles, version, address, started_at, seen_at, draining,
                   seen_at > clock_timestamp() - $1 * interval '1 second' AS seen
            FROM node WHERE $2::text IS NULL OR name = $2 ORDER BY name""";
    private static final String DRAIN = "UPDATE node SET draining = $2 WHERE name = $1 RETURNING name";

    private NodeStore() {}

    /** Begins a life of this node; the one before it is over. */
    static Future<Void> begin(SqlConnection transaction, Self self, String version) {
        String[] roles = self.roles().stream().map(NodeStore::text).sorted().toArray(String[]::new);
        return transaction
                .query(FORGET)
                .execute()
                .compose(_ -> transaction
                        .preparedQuery(BEGIN)
                        .execute(Tuple.of(self.name(), self.life())
                                .addArrayOfString(roles)
                                .addString(version)))
                .mapEmpty();
    }

    /** Says that this node is there; false where another life of it has begun. */
    static Future<Boolean> beat(SqlConnection transaction, Self self, String address) {
        return transaction
                .preparedQuery(BEAT)
                .execute(Tuple.of(self.name(), self.life(), address))
                .map(rows -> rows.size() == 1);
    }

    static Future<Void> end(SqlConnection transaction, Self self) {
        return transaction
                .preparedQuery(END)
                .execute(Tuple.of(self.name(), self.life()))
                .mapEmpty();
    }

    static Future<List<KnownNode>> all(SqlConnection transaction) {
        return read(transaction, null);
    }

    /** Takes a node out of work, or has it back; empty where there is none of that name. Every node hears of it. */
    static Future<Optional<KnownNode>> drain(SqlConnection transaction, String name, boolean isDraining) {
        return transaction
                .preparedQuery(DRAIN)
                .execute(Tuple.of(name, isDraining))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(Optional.empty())
                        : read(transaction, name)
                                .map(found -> found.stream().findFirst())
                                .compose(found -> Changes.record(transaction, TenantId.PLATFORM, SUBJECT + name)
                                        .map(found)));
    }

    private static Future<List<KnownNode>> read(SqlConnection transaction, @Nullable String name) {
        return transaction
                .preparedQuery(READ)
                .execute(Tuple.of((double) SEEN_SECONDS, name))
                .map(rows -> {
                    List<KnownNode> all = new ArrayList<>(rows.size());
                    rows.forEach(row -> all.add(node(row)));
                    return all;
                });
    }

    private static KnownNode node(Row row) {
        Set<Role> roles = Arrays.stream(row.getArrayOfStrings("roles"))
                .map(text -> Role.valueOf(text.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
        return new KnownNode(
                row.getString("name"),
                row.getString("life"),
                roles,
                row.getString("version"),
                row.getString("address"),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getOffsetDateTime("seen_at").toInstant(),
                row.getBoolean("seen"),
                row.getBoolean("draining"));
    }

    static String text(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
