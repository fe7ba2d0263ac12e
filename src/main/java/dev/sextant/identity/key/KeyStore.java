package dev.sextant.identity.key;

import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Changes;
import dev.sextant.store.PlatformDb;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the keys of each tenant in PostgreSQL: their hashes, never their texts. */
public final class KeyStore {

    private static final String COLUMNS = "id, name, prefix, scopes, created_at, expires_at, revoked_at";
    private static final String INSERT = """
            INSERT INTO api_key (id, tenant_id, name, prefix, hash, scopes, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING\s""" + COLUMNS;
    private static final String COUNT_ALIVE =
            "SELECT count(*) FROM api_key WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())";
    private static final String LIST =
            "SELECT " + COLUMNS + " FROM api_key WHERE $1::text IS NULL OR id > $1 ORDER BY id LIMIT $2";
    private static final String GET = "SELECT " + COLUMNS + " FROM api_key WHERE id = $1";
    private static final String REVOKE =
            "UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING id";
    private static final String STANDING = """
            SELECT k.expires_at, k.revoked_at, t.status = 'active' AND home.status = 'active' AS active
            FROM api_key k JOIN tenant home ON home.id = k.tenant_id, tenant t WHERE k.id = $1 AND t.id = $2""";

    /** Another text for a tenant's first key makes it good again; the same one leaves it revoked where it was. */
    private static final String ENSURE = """
            INSERT INTO api_key (id, tenant_id, name, prefix, hash, scopes) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE SET prefix = excluded.prefix, hash = excluded.hash, scopes = excluded.scopes,
                revoked_at = CASE WHEN api_key.hash = excluded.hash THEN api_key.revoked_at END
            RETURNING revoked_at""";

    /** A key to keep, with what is kept of its text. */
    record NewKey(String id, TenantId tenant, CreateKey wish, KeyText text) {}

    /** How a key stands that was good once, and the tenants that it works for. */
    record Standing(
            boolean areTenantsActive,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {}

    private final TenantDb tenants;
    private final PlatformDb platform;

    public KeyStore(TenantDb tenants, PlatformDb platform) {
        this.tenants = tenants;
        this.platform = platform;
    }

    /** @param keysMax alive at once; those made at the very same moment may go above it by their number */
    Future<CreatedKey> insert(NewKey key, int keysMax, Origin origin) {
        CreateKey wish = key.wish();
        Tuple values = Tuple.of(
                        key.id(),
                        key.tenant().value(),
                        wish.name(),
                        key.text().prefix(),
                        Buffer.buffer(key.text().hash()))
                .addArrayOfString(wish.scopes().toArray(String[]::new))
                .addOffsetDateTime(utc(wish.expiresAt()));
        return tenants.once(
                origin,
                CreatedKey.class,
                transaction -> transaction
                        .query(COUNT_ALIVE)
                        .execute()
                        .compose(count ->
                                refuseAbove(keysMax, count.iterator().next().getLong(0)))
                        .compose(_ -> transaction.preparedQuery(INSERT).execute(values))
                        .map(rows -> told(read(rows.iterator().next()), key.text()))
                        .compose(made ->
                                recorded(transaction, key.tenant(), made.id()).map(made)));
    }

    private static CreatedKey told(ApiKey made, KeyText text) {
        return new CreatedKey(
                made.id(), text.value(), made.prefix(), made.name(), made.scopes(), made.createdAt(), made.expiresAt());
    }

    Future<List<ApiKey>> list(TenantId tenant, @Nullable String after, int limit) {
        return tenants.inTransaction(
                        tenant, transaction -> transaction.preparedQuery(LIST).execute(Tuple.of(after, limit)))
                .map(KeyStore::readAll);
    }

    Future<Optional<ApiKey>> find(TenantId tenant, String id) {
        return tenants.inTransaction(
                        tenant, transaction -> transaction.preparedQuery(GET).execute(Tuple.of(id)))
                .map(rows -> readAll(rows).stream().findFirst());
    }

    /** False where the tenant has no such key. */
    Future<Boolean> revoke(TenantId tenant, String id) {
        return tenants.inTransaction(
                tenant,
                transaction -> transaction
                        .preparedQuery(REVOKE)
                        .execute(Tuple.of(id))
                        .compose(rows -> rows.size() == 0
                                ? Future.succeededFuture(false)
                                : recorded(transaction, tenant, id).map(true)));
    }

    Future<Optional<Standing>> standing(String keyId, TenantId tenant) {
        return platform.inTransaction(
                        transaction -> transaction.preparedQuery(STANDING).execute(Tuple.of(keyId, tenant.value())))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(standing(rows.iterator().next())));
    }

    /** Makes sure of a key whose text was made before; false where that key was revoked. */
    Future<Boolean> ensure(NewKey key) {
        Tuple values = Tuple.of(
                        key.id(),
                        key.tenant().value(),
                        key.wish().name(),
                        key.text().prefix(),
                        Buffer.buffer(key.text().hash()))
                .addArrayOfString(key.wish().scopes().toArray(String[]::new));
        return platform.inTransaction(transaction -> transaction
                .preparedQuery(ENSURE)
                .execute(values)
                .map(rows -> rows.iterator().next().getOffsetDateTime("revoked_at") == null)
                .compose(isGood -> recorded(transaction, key.tenant(), key.id()).map(isGood)));
    }

    private static Future<Void> recorded(SqlConnection transaction, TenantId tenant, String id) {
        return Changes.record(transaction, tenant, "api_key:" + id);
    }

    private static Future<Void> refuseAbove(int keysMax, long alive) {
        return alive < keysMax
                ? Future.succeededFuture()
                : ProblemException.failed(new Problem.LimitExceeded(
                        "identity.keys.keys_max",
                        keysMax,
                        "A tenant may have %d keys; revoke some.".formatted(keysMax)));
    }

    private static List<ApiKey> readAll(RowSet<Row> rows) {
        List<ApiKey> keys = new ArrayList<>(rows.size());
        rows.forEach(row -> keys.add(read(row)));
        return keys;
    }

    private static ApiKey read(Row row) {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                row.getString("prefix"),
                List.of(row.getArrayOfStrings("scopes")),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("expires_at")),
                instant(row.getOffsetDateTime("revoked_at")));
    }

    private static Standing standing(Row row) {
        return new Standing(
                row.getBoolean("active"),
                instant(row.getOffsetDateTime("expires_at")),
                instant(row.getOffsetDateTime("revoked_at")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
