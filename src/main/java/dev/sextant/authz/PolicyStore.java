package dev.sextant.authz;

import dev.sextant.authz.policy.Authority.StoredPolicy;
import dev.sextant.authz.policy.PolicyDocument;
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

/** The table {@code policy}, within a transaction that has named its tenant. */
final class PolicyStore {

    private static final String COLUMNS = "id, document::text AS document, salt, version, created_at, updated_at";
    private static final String ALL = "SELECT " + COLUMNS + " FROM policy ORDER BY id";

    /** The salt stays. */
    private static final String PUT = """
            INSERT INTO policy (tenant_id, id, document, roles) VALUES ($1, $2, $3::text::jsonb, $4)
            ON CONFLICT (tenant_id, id) DO UPDATE SET document = excluded.document, roles = excluded.roles,
                version = policy.version + 1, updated_at = now()
            RETURNING\s""" + COLUMNS;

    private PolicyStore() {}

    /** A policy, and what is never told of it. */
    record Kept(PolicyReport report, String salt) {

        StoredPolicy stored() {
            return new StoredPolicy(report.id(), salt, report.document());
        }
    }

    static Future<List<Kept>> all(SqlConnection connection) {
        return connection.preparedQuery(ALL).execute().map(PolicyStore::read);
    }

    static Future<PolicyReport> put(SqlConnection connection, TenantId tenant, String id, PolicyDocument document) {
        return connection
                .preparedQuery(PUT)
                .execute(Tuple.of(tenant.value(), id, new String(Json.write(document), StandardCharsets.UTF_8))
                        .addArrayOfString(document.roles().toArray(String[]::new)))
                .map(rows -> read(rows).getFirst().report())
                .compose(put -> recorded(connection, tenant, id).map(put));
    }

    static Future<Void> delete(SqlConnection connection, TenantId tenant, String id) {
        return connection
                .preparedQuery("DELETE FROM policy WHERE id = $1")
                .execute(Tuple.of(id))
                .compose(_ -> recorded(connection, tenant, id));
    }

    static Optional<PolicyReport> named(List<Kept> policies, String id) {
        return policies.stream()
                .map(Kept::report)
                .filter(policy -> policy.id().equals(id))
                .findFirst();
    }

    private static Future<Void> recorded(SqlConnection connection, TenantId tenant, String id) {
        return Changes.record(connection, tenant, "policy:" + id);
    }

    private static List<Kept> read(RowSet<Row> rows) {
        List<Kept> policies = new ArrayList<>(rows.size());
        rows.forEach(row -> policies.add(read(row)));
        return policies;
    }

    private static Kept read(Row row) {
        return new Kept(
                new PolicyReport.Standing(
                                row.getString("id"),
                                row.getInteger("version"),
                                row.getOffsetDateTime("created_at").toInstant(),
                                row.getOffsetDateTime("updated_at").toInstant())
                        .of(Json.read(StoredJson.tree(row.getString("document")), PolicyDocument.class)),
                row.getString("salt"));
    }
}
