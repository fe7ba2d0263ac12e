package dev.sextant.authz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.authz.policy.Grant;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Changes;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table {@code role}, within a transaction that has named its tenant. */
final class RoleStore {

    private static final String COLUMNS =
            "name, description, scopes, grants::text AS grants, version, created_at, updated_at";
    private static final String ALL = "SELECT " + COLUMNS + " FROM role ORDER BY name";
    private static final String PUT = """
            INSERT INTO role (tenant_id, name, description, scopes, grants) VALUES ($1, $2, $3, $4, $5::text::jsonb)
            ON CONFLICT (tenant_id, name) DO UPDATE SET description = excluded.description, scopes = excluded.scopes,
                grants = excluded.grants, version = role.version + 1, updated_at = now()
            RETURNING\s""" + COLUMNS;

    private RoleStore() {}

    /** Lets nobody else of the tenant change roles or policies until the transaction ends. */
    static Future<Void> takeTurn(SqlConnection connection, TenantId tenant) {
        return connection
                .preparedQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('authz:' || $1, 0))")
                .execute(Tuple.of(tenant.value()))
                .mapEmpty();
    }

    static Future<List<Role>> all(SqlConnection connection) {
        return connection.preparedQuery(ALL).execute().map(RoleStore::read);
    }

    static Future<Role> put(SqlConnection connection, TenantId tenant, String name, RoleText text) {
        return connection
                .preparedQuery(PUT)
                .execute(Tuple.of(tenant.value(), name, text.descriptionOrNone())
                        .addArrayOfString(text.scopes().toArray(String[]::new))
                        .addString(written(text.grants())))
                .map(rows -> read(rows).getFirst())
                .compose(put -> recorded(connection, tenant, name).map(put));
    }

    static Future<Void> delete(SqlConnection connection, TenantId tenant, String name) {
        return connection
                .preparedQuery("DELETE FROM role WHERE name = $1")
                .execute(Tuple.of(name))
                .compose(_ -> recorded(connection, tenant, name));
    }

    static Optional<Role> named(List<Role> roles, String name) {
        return roles.stream().filter(role -> role.name().equals(name)).findFirst();
    }

    private static Future<Void> recorded(SqlConnection connection, TenantId tenant, String name) {
        return Changes.record(connection, tenant, "role:" + name);
    }

    private static String written(List<Grant> grants) {
        return grants.stream()
                .map(grant -> new String(Json.write(grant), StandardCharsets.UTF_8))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static List<Role> read(RowSet<Row> rows) {
        List<Role> roles = new ArrayList<>(rows.size());
        rows.forEach(row -> roles.add(read(row)));
        return roles;
    }

    private static Role read(Row row) {
        List<Grant> grants = new ArrayList<>();
        StoredJson.tree(row.getString("grants")).forEach((JsonNode grant) -> grants.add(Json.read(grant, Grant.class)));
        return new Role(
                row.getString("name"),
                row.getString("description"),
                List.of(row.getArrayOfStrings("scopes")),
                grants,
                false,
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
