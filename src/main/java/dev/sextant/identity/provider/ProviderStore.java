package dev.sextant.identity.provider;

import java.util.ArrayList;
import dev.sextant.store.Changes;
import java.util.function.Function;
import io.vertx.core.Future;
import java.util.HashMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import dev.sextant.identity.token.Seal;
import dev.sextant.kernel.Secret;
import io.vertx.sqlclient.SqlConnection;
import dev.sextant.store.TenantDb;
import dev.sextant.kernel.TenantId;
import io.vertx.sqlclient.Tuple;

/** Keeps the providers of each tenant in PostgreSQL; the secrets that we show them are sealed. */
public final class ProviderStore {

    private static final String COLUMNS = "id, name, issuer, client_id, roles_claim, role_mapping, default_roles,"
            + " allowed_domains, version, created_at, updated_at, sealed_secret";
    private static final String PUT = """
            INSERT INTO identity_provider (tenant_id, id, name, issuer, client_id, sealed_secret, roles_claim,
                role_mapping, default_roles, allowed_domains)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, issuer = excluded.issuer,
                client_id = excluded.client_id, sealed_secret = excluded.sealed_secret,
                roles_claim = excluded.roles_claim, role_mapping = excluded.role_mapping,
                default_roles = excluded.default_roles, allowed_domains = excluded.allowed_domains,
                version = identity_provider.version + 1, updated_at = now()
            RETURNING\s""" + COLUMNS;

    /** A provider with the secret that we show it. It prints without it. */
    record Stored(IdentityProvider provider, Secret clientSecret) {}

    private final TenantDb db;
    private final Seal seal;

    public ProviderStore(TenantDb db, Secret master) {
        this.db = db;
        this.seal = new Seal(master, "sextant identity providers v1");
    }

    <T> Future<T> inTransaction(TenantId tenant, Function<SqlConnection, Future<T>> work) {
        return db.inTransaction(tenant, work);
    }

    Future<List<Stored>> list(SqlConnection transaction) {
        return transaction
                .query("SELECT " + COLUMNS + " FROM identity_provider ORDER BY id LIMIT 100")
                .execute()
                .map(this::readAll);
    }

    /** Nobody else changes it until the transaction ends. */
    Future<Optional<Stored>> hold(SqlConnection transaction, String id) {
        return transaction
                .preparedQuery("SELECT " + COLUMNS + " FROM identity_provider WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(id))
                .map(rows -> readAll(rows).stream().findFirst());
    }

    Future<IdentityProvider> put(SqlConnection transaction, TenantId tenant, PutProvider question, Secret secret) {
        ProviderWish wish = question.wish();
        Tuple values = Tuple.of(
                        tenant.value(),
                        question.id(),
                        wish.name(),
                        wish.issuer(),
                        wish.clientId(),
                        seal.close(secret.value()))
                .addString(wish.rolesClaim())
                .addJsonObject(new JsonObject(Map.copyOf(wish.roleMapping())))
                .addArrayOfString(wish.defaultRoles().toArray(String[]::new))
                .addArrayOfString(wish.allowedDomains().toArray(String[]::new));
        return transaction
                .preparedQuery(PUT)
                .execute(values)
                .map(rows -> read(rows.iterator().next()).provider())
                .compose(written -> recorded(transaction, tenant, question.id()).map(written));
    }

    /** False where the tenant has no such provider. */
    Future<Boolean> delete(SqlConnection transaction, TenantId tenant, String id) {
        return transaction
                .preparedQuery("DELETE FROM identity_provider WHERE id = $1")
                .execute(Tuple.of(id))
                .compose(rows -> rows.rowCount() == 0
                        ? Future.succeededFuture(false)
                        : recorded(transaction, tenant, id).map(true));
    }

    private static Future<Void> recorded(SqlConnection transaction, TenantId tenant, String id) {
        return Changes.record(transaction, tenant, "identity_provider:" + id);
    }

    private List<Stored> readAll(RowSet<Row> rows) {
        List<Stored> providers = new ArrayList<>(rows.size());
        rows.forEach(row -> providers.add(read(row)));
        return providers;
    }

    private Stored read(Row row) {
        Map<String, String> mapping = new HashMap<>();
        row.getJsonObject("role_mapping").forEach(entry -> mapping.put(entry.getKey(), String.valueOf(entry.getValue())));
        IdentityProvider provider = new IdentityProvider(
                row.getString("id"),
                row.getString("name"),
                row.getString("issuer"),
                row.getString("client_id"),
                row.getString("roles_claim"),
                mapping,
                List.of(row.getArrayOfStrings("default_roles")),
                List.of(row.getArrayOfStrings("allowed_domains")),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
        return new Stored(provider, new Secret(seal.open(row.getString("sealed_secret"))));
    }
}
