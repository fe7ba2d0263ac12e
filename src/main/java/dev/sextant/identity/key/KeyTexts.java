package dev.sextant.identity.key;

import dev.sextant.identity.key.KeyStore.NewKey;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code api_key_text}, within a transaction: of every text that a key has or had the hash, never the text. Of
 * those that ended the last twenty are kept, so that they are told from what never was a key.
 */
final class KeyTexts {

    private static final int FORMER_MAX = 20;

    private static final String INSERT = """
            INSERT INTO api_key_text (prefix, key_id, tenant_id, hash) VALUES ($1, $2, $3, $4)
            ON CONFLICT (prefix) DO NOTHING""";
    private static final String END_FORMER = "UPDATE api_key_text SET ends_at = $2 WHERE key_id = $1 AND ends_at > $2";
    private static final String END_PRESENT =
            "UPDATE api_key_text SET ends_at = $2 WHERE key_id = $1 AND ends_at IS NULL";
    private static final String FORGET = """
            DELETE FROM api_key_text WHERE prefix IN (
                SELECT prefix FROM api_key_text WHERE key_id = $1 AND ends_at IS NOT NULL
                ORDER BY created_at DESC, prefix OFFSET $2)""";
    private static final String FIND =
            "SELECT prefix, key_id, tenant_id, hash, ends_at FROM api_key_text WHERE prefix = $1 FOR UPDATE";
    private static final String END_ONE =
            "UPDATE api_key_text SET ends_at = least(ends_at, $2) WHERE prefix = $1 AND ends_at IS NOT NULL";
    private static final String ENSURE_KEY = """
            INSERT INTO api_key (id, tenant_id, name, scopes) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO UPDATE SET scopes = excluded.scopes RETURNING revoked_at""";
    private static final String PRESENT = "SELECT hash FROM api_key_text WHERE key_id = $1 AND ends_at IS NULL";
    private static final String REVIVE = "UPDATE api_key SET revoked_at = NULL, revoked_because = NULL WHERE id = $1";

    private KeyTexts() {}

    /**
     * A text that there is.
     *
     * @param endsAt null for the present one of its key
     */
    record Found(
            String prefix,
            String keyId,
            TenantId tenant,
            @Nullable Instant endsAt) {

        boolean isPresent() {
            return endsAt == null;
        }
    }

    /** Makes {@code text} the present one of a key that has none. */
    static Future<Void> insert(SqlConnection transaction, TenantId tenant, String keyId, KeyText text) {
        Tuple values = Tuple.of(text.prefix(), keyId, tenant.value(), Buffer.buffer(text.hash()));
        return transaction
                .preparedQuery(INSERT)
                .execute(values)
                .compose(rows -> rows.rowCount() == 1
                        ? Future.succeededFuture()
                        : ProblemException.failed(new Problem.Overloaded(
                                1, "By chance another key begins as this one would; ask for it again.")));
    }

    /** Has the present text end at {@code endsAt}, and those before it now. */
    static Future<Void> end(SqlConnection transaction, String keyId, Instant now, Instant endsAt) {
        return transaction
                .preparedQuery(END_FORMER)
                .execute(Tuple.of(keyId, KeyStore.utc(now)))
                .compose(_ -> transaction.preparedQuery(END_PRESENT).execute(Tuple.of(keyId, KeyStore.utc(endsAt))))
                .compose(_ -> transaction.preparedQuery(FORGET).execute(Tuple.of(keyId, FORMER_MAX)))
                .mapEmpty();
    }

    static Future<Optional<Found>> find(SqlConnection transaction, KeyText text) {
        return transaction
                .preparedQuery(FIND)
                .execute(Tuple.of(text.prefix()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next())
                                .filter(row ->
                                        text.hasHash(row.getBuffer("hash").getBytes()))
                                .map(KeyTexts::found));
    }

    private static Found found(Row row) {
        return new Found(
                row.getString("prefix"),
                row.getString("key_id"),
                new TenantId(row.getString("tenant_id")),
                KeyStore.instant(row.getOffsetDateTime("ends_at")));
    }

    /** Ends a text that another one has taken the place of. */
    static Future<Void> endNow(SqlConnection transaction, Found text, Instant now) {
        return transaction
                .preparedQuery(END_ONE)
                .execute(Tuple.of(text.prefix(), KeyStore.utc(now)))
                .mapEmpty();
    }

    /**
     * Sees to it that a key is there, and opens to that text and no other. Another text makes a revoked key good again; the
     * same one leaves it revoked.
     *
     * @return whether it is good
     */
    static Future<Boolean> ensure(SqlConnection transaction, NewKey key, Instant now) {
        Tuple values = Tuple.of(key.id(), key.tenant().value(), key.wish().name())
                .addArrayOfString(KeyStore.array(key.wish().scopes()));
        return transaction
                .preparedQuery(ENSURE_KEY)
                .execute(values)
                .map(rows -> rows.iterator().next().getOffsetDateTime("revoked_at") == null)
                .compose(isGood -> hasText(transaction, key)
                        .compose(isSame -> isSame
                                ? Future.succeededFuture(isGood)
                                : replaced(transaction, key, now).map(true)));
    }

    private static Future<Boolean> hasText(SqlConnection transaction, NewKey key) {
        return transaction
                .preparedQuery(PRESENT)
                .execute(Tuple.of(key.id()))
                .map(rows -> rows.size() == 1
                        && key.text()
                                .hasHash(
                                        rows.iterator().next().getBuffer("hash").getBytes()));
    }

    private static Future<Void> replaced(SqlConnection transaction, NewKey key, Instant now) {
        return end(transaction, key.id(), now, now)
                .compose(_ -> insert(transaction, key.tenant(), key.id(), key.text()))
                .compose(_ -> transaction.preparedQuery(REVIVE).execute(Tuple.of(key.id())))
                .mapEmpty();
    }
}
