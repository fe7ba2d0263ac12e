package dev.sextant.identity.grant;

import io.vertx.core.buffer.Buffer;
import dev.sextant.store.Changes;
import io.vertx.core.Future;
import dev.sextant.kernel.Ids;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import java.time.OffsetDateTime;
import dev.sextant.identity.secret.OpaqueSecret;
import java.util.Optional;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import dev.sextant.kernel.TenantId;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;

/**
 * The rows of sign-ins and refresh tokens, read and written within a transaction of {@code TenantDb}: hashes of codes and
 * tokens, never the texts.
 */
final class GrantStore {

    private static final String COLUMNS = """
            s.id, s.user_id, u.status AS user_status, s.client_id, s.scopes, u.roles, s.redirect_uri, s.code_challenge,
            s.expires_at, s.revoked_at""";
    private static final String INSERT = """
            INSERT INTO sign_in (id, tenant_id, user_id, client_id, scopes, redirect_uri, code_challenge, code_hash,
                code_expires_at, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""";
    private static final String BY_CODE = "SELECT " + COLUMNS
            + ", s.code_expires_at AS token_expires_at, s.code_used_at AS used_at"
            + " FROM sign_in s JOIN app_user u ON u.id = s.user_id WHERE s.code_hash = $1 FOR UPDATE OF s";
    private static final String BY_TOKEN = "SELECT " + COLUMNS
            + ", r.expires_at AS token_expires_at, r.used_at FROM refresh_token r JOIN sign_in s ON s.id = r.sign_in_id"
            + " JOIN app_user u ON u.id = s.user_id WHERE r.hash = $1 FOR UPDATE OF s, r";
    private static final String USE_CODE = "UPDATE sign_in SET code_used_at = $2 WHERE code_hash = $1";
    private static final String USE_TOKEN = "UPDATE refresh_token SET used_at = $2 WHERE hash = $1";
    private static final String INSERT_TOKEN =
            "INSERT INTO refresh_token (hash, tenant_id, sign_in_id, expires_at) VALUES ($1, $2, $3, $4)";
    private static final String END =
            "UPDATE sign_in SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";

    /** A sign-in to keep. */
    record NewSignIn(BeginSignIn wish, OpaqueSecret code, Instant now, Instant codeExpiresAt, Instant expiresAt) {}

    private GrantStore() {}

    static Future<Void> insert(SqlConnection transaction, NewSignIn made) {
        BeginSignIn wish = made.wish();
        Tuple values = Tuple.of(Ids.make("sgn"), made.code().tenant().value(), wish.userId(), wish.clientId())
                .addArrayOfString(wish.scopes().toArray(String[]::new))
                .addString(wish.redirectUri())
                .addString(wish.codeChallenge())
                .addBuffer(Buffer.buffer(made.code().hash()))
                .addOffsetDateTime(utc(made.codeExpiresAt()))
                .addOffsetDateTime(utc(made.now()))
                .addOffsetDateTime(utc(made.expiresAt()));
        return transaction.preparedQuery(INSERT).execute(values).mapEmpty();
    }

    /** Nobody else redeems or refreshes it until the transaction ends. */
    static Future<Optional<StoredSignIn>> holdByCode(SqlConnection transaction, OpaqueSecret code) {
        return hold(transaction, BY_CODE, code);
    }

    /** Nobody else redeems or refreshes it until the transaction ends. */
    static Future<Optional<StoredSignIn>> holdByToken(SqlConnection transaction, OpaqueSecret token) {
        return hold(transaction, BY_TOKEN, token);
    }

    static Future<Void> useCode(SqlConnection transaction, OpaqueSecret code, Instant now) {
        return use(transaction, USE_CODE, code, now);
    }

    static Future<Void> useToken(SqlConnection transaction, OpaqueSecret token, Instant now) {
        return use(transaction, USE_TOKEN, token, now);
    }

    static Future<Void> insertToken(
            SqlConnection transaction, OpaqueSecret token, String signInId, Instant expiresAt) {
        Tuple values = Tuple.of(Buffer.buffer(token.hash()), token.tenant().value(), signInId, utc(expiresAt));
        return transaction.preparedQuery(INSERT_TOKEN).execute(values).mapEmpty();
    }

    /** To end it again changes nothing. */
    static Future<Void> end(SqlConnection transaction, TenantId tenant, String id, Instant now) {
        return transaction
                .preparedQuery(END)
                .execute(Tuple.of(id, utc(now)))
                .compose(rows -> rows.rowCount() == 0
                        ? Future.succeededFuture()
                        : Changes.record(transaction, tenant, "sign_in:" + id));
    }

    /** Deletes those that ended a while ago, of all tenants; for a transaction of {@code PlatformDb}. */
    static Future<Void> purge(SqlConnection transaction, Instant endedBefore) {
        Tuple before = Tuple.of(utc(endedBefore));
        return transaction
                .preparedQuery("DELETE FROM sign_in WHERE expires_at < $1 OR revoked_at < $1"
                        + " OR (code_used_at IS NULL AND code_expires_at < $1)")
                .execute(before)
                .compose(_ -> transaction
                        .preparedQuery("DELETE FROM refresh_token WHERE expires_at < $1")
                        .execute(before))
                .compose(_ -> transaction
                        .preparedQuery("DELETE FROM invitation WHERE expires_at < $1")
                        .execute(before))
                .mapEmpty();
    }

    private static Future<Optional<StoredSignIn>> hold(SqlConnection transaction, String sql, OpaqueSecret secret) {
        return transaction
                .preparedQuery(sql)
                .execute(Tuple.of(Buffer.buffer(secret.hash())))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(read(rows.iterator().next())));
    }

    private static Future<Void> use(SqlConnection transaction, String sql, OpaqueSecret secret, Instant now) {
        return transaction
                .preparedQuery(sql)
                .execute(Tuple.of(Buffer.buffer(secret.hash()), utc(now)))
                .mapEmpty();
    }

    private static StoredSignIn read(Row row) {
        return new StoredSignIn(
                row.getString("id"),
                row.getString("user_id"),
                "active".equals(row.getString("user_status")),
                row.getString("client_id"),
                List.of(row.getArrayOfStrings("scopes")),
                List.of(row.getArrayOfStrings("roles")),
                row.getString("redirect_uri"),
                row.getString("code_challenge"),
                row.getOffsetDateTime("expires_at").toInstant(),
                instant(row.getOffsetDateTime("revoked_at")),
                row.getOffsetDateTime("token_expires_at").toInstant(),
                instant(row.getOffsetDateTime("used_at")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
