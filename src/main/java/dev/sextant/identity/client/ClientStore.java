package dev.sextant.identity.client;

import dev.sextant.identity.secret.OpaqueSecret;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Changes;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the OAuth clients of each tenant in PostgreSQL: hashes of their secrets, never the secrets. */
public final class ClientStore {

    private static final String COLUMNS = "id, name, redirect_uris, scopes, hash IS NULL AS is_public, created_at";
    private static final String INSERT = """
            INSERT INTO oauth_client (id, tenant_id, name, redirect_uris, scopes, hash)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING\s""" + COLUMNS;
    private static final String LIST =
            "SELECT " + COLUMNS + " FROM oauth_client WHERE $1::text IS NULL OR id > $1 ORDER BY id LIMIT $2";

    private final TenantDb db;

    public ClientStore(TenantDb db) {
        this.db = db;
    }

    /**
     * Keeps a new one, once for each claim of the origin: who comes again is told the same secret.
     *
     * @param secret null for a public one
     * @param clientsMax of the tenant; those made at the very same moment may go above it by their number
     */
    Future<CreatedClient> insert(Origin origin, CreateClient wish, @Nullable OpaqueSecret secret, int clientsMax) {
        TenantId tenant = origin.tenant();
        Tuple values = Tuple.of(Ids.make(KnownClient.ID_KIND), tenant.value(), wish.name())
                .addArrayOfString(wish.redirectUris().toArray(String[]::new))
                .addArrayOfString(wish.scopes().toArray(String[]::new))
                .addValue(secret == null ? null : Buffer.buffer(secret.hash()));
        return db.once(
                origin,
                CreatedClient.class,
                transaction -> transaction
                        .query("SELECT count(*) FROM oauth_client")
                        .execute()
                        .compose(count ->
                                refuseAbove(clientsMax, count.iterator().next().getLong(0)))
                        .compose(_ -> transaction.preparedQuery(INSERT).execute(values))
                        .map(rows ->
                                CreatedClient.of(read(rows.iterator().next()), secret == null ? null : secret.value()))
                        .compose(
                                made -> recorded(transaction, tenant, made.id()).map(made)));
    }

    Future<List<OauthClient>> list(TenantId tenant, @Nullable String after, int limit) {
        return db.inTransaction(
                        tenant, transaction -> transaction.preparedQuery(LIST).execute(Tuple.of(after, limit)))
                .map(ClientStore::readAll);
    }

    Future<Optional<OauthClient>> find(TenantId tenant, String id) {
        return db.inTransaction(
                        tenant,
                        transaction -> transaction
                                .preparedQuery("SELECT " + COLUMNS + " FROM oauth_client WHERE id = $1")
                                .execute(Tuple.of(id)))
                .map(rows -> readAll(rows).stream().findFirst());
    }

    /** With all sign-ins by it. False where the tenant has no such client. */
    Future<Boolean> delete(TenantId tenant, String id) {
        return db.inTransaction(
                tenant,
                transaction -> transaction
                        .preparedQuery("DELETE FROM oauth_client WHERE id = $1")
                        .execute(Tuple.of(id))
                        .compose(rows -> rows.rowCount() == 0
                                ? Future.succeededFuture(false)
                                : recorded(transaction, tenant, id).map(true)));
    }

    private static Future<Void> recorded(SqlConnection transaction, TenantId tenant, String id) {
        return Changes.record(transaction, tenant, "oauth_client:" + id);
    }

    private static Future<Void> refuseAbove(int clientsMax, long present) {
        return present < clientsMax
                ? Future.succeededFuture()
                : ProblemException.failed(new Problem.LimitExceeded(
                        "identity.clients.clients_max",
                        clientsMax,
                        "A tenant may have %d OAuth clients; delete some.".formatted(clientsMax)));
    }

    private static List<OauthClient> readAll(RowSet<Row> rows) {
        List<OauthClient> clients = new ArrayList<>(rows.size());
        rows.forEach(row -> clients.add(read(row)));
        return clients;
    }

    private static OauthClient read(Row row) {
        return new OauthClient(
                row.getString("id"),
                row.getString("name"),
                row.getBoolean("is_public") ? OauthClient.Type.PUBLIC : OauthClient.Type.CONFIDENTIAL,
                List.of(row.getArrayOfStrings("redirect_uris")),
                List.of(row.getArrayOfStrings("scopes")),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
