package dev.sextant.identity.key;

import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Changes;
import dev.sextant.store.PlatformDb;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps the keys of each tenant in PostgreSQL; of their texts what {@link KeyTexts} keeps. */
public final class KeyStore {

    private static final String KEY = """
            SELECT k.id, k.name, p.prefix, k.scopes, k.roles, k.datasets, k.address_ranges, k.version, k.created_at, k.expires_at,
                   k.revoked_at, k.revoked_because, k.last_used_at,
                   (SELECT max(f.ends_at) FROM api_key_text f WHERE f.key_id = k.id) AS previous_ends_at
            FROM api_key k JOIN api_key_text p ON p.key_id = k.id AND p.ends_at IS NULL\s""";
    private static final String LIST = KEY + "WHERE $1::text IS NULL OR k.id > $1 ORDER BY k.id LIMIT $2";
    private static final String GET = KEY + "WHERE k.id = $1";
    private static final String GET_ALL = KEY + "WHERE k.id = ANY ($1)";
    private static final String LOCK = "SELECT 1 FROM api_key WHERE id = $1 FOR UPDATE";
    private static final String INSERT = """
            INSERT INTO api_key (id, tenant_id, name, scopes, datasets, address_ranges, expires_at, roles)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""";
    private static final String COUNT_ALIVE =
            "SELECT count(*) FROM api_key WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())";
    private static final String UPDATE = """
            UPDATE api_key SET name = $2, scopes = $3, datasets = $4, address_ranges = $5, expires_at = $6,
                               roles = $7, version = version + 1 WHERE id = $1""";
    private static final String REVOKE = """
            UPDATE api_key SET revoked_at = coalesce(revoked_at, now()), revoked_because = coalesce(revoked_because, $2),
                               version = version + CASE WHEN revoked_at IS NULL THEN 1 ELSE 0 END
            WHERE id = $1 RETURNING tenant_id""";
    private static final String STANDING = """
            SELECT k.tenant_id, k.expires_at, k.revoked_at, k.scopes, k.roles, k.datasets, k.address_ranges,
                   t.status = 'active' AND home.status = 'active' AS active
            FROM api_key k JOIN tenant home ON home.id = k.tenant_id, tenant t WHERE k.id = $1 AND t.id = $2
            UNION ALL
            SELECT s.tenant_id, s.expires_at, CASE WHEN u.status = 'active' THEN s.revoked_at ELSE u.updated_at END,
                   s.scopes, u.roles, NULL, NULL, t.status = 'active' AND home.status = 'active'
            FROM sign_in s JOIN app_user u ON u.id = s.user_id JOIN tenant home ON home.id = s.tenant_id, tenant t
            WHERE s.id = $1 AND t.id = $2""";
    private static final String USED = """
            UPDATE api_key k SET last_used_at = u.at FROM unnest($1::text[], $2::timestamptz[]) AS u(id, at)
            WHERE k.id = u.id AND (k.last_used_at IS NULL OR k.last_used_at <= u.at - interval '1 minute')""";

    /** A key to keep, with its first text. */
    record NewKey(String id, TenantId tenant, CreateKey wish, KeyText text) {}

    /**
     * How a key, or the sign-in of a user, stands that was good once, and the tenants that it works for.
     *
     * @param home the tenant that it is of
     * @param datasets null for all
     * @param addressRanges null for anywhere
     */
    record Standing(
            TenantId home,
            boolean areTenantsActive,
            List<String> scopes,
            List<String> roles,
            @Nullable List<String> datasets,
            @Nullable List<String> addressRanges,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {}

    private final TenantDb tenants;
    private final PlatformDb platform;
    private final InstantSource clock;

    public KeyStore(TenantDb tenants, PlatformDb platform, InstantSource clock) {
        this.tenants = tenants;
        this.platform = platform;
        this.clock = clock;
    }

    /** @param keysMax alive at once; those made at the very same moment may go above it by their number */
    Future<CreatedKey> insert(NewKey key, int keysMax, Origin origin) {
        return tenants.once(
                origin,
                CreatedKey.class,
                transaction -> transaction
                        .query(COUNT_ALIVE)
                        .execute()
                        .compose(count ->
                                refuseAbove(keysMax, count.iterator().next().getLong(0)))
                        .compose(_ -> insertRow(transaction, key))
                        .compose(_ -> KeyTexts.insert(transaction, key.tenant(), key.id(), key.text()))
                        .compose(_ -> get(transaction, key.id()))
                        .compose(made -> recorded(transaction, key.tenant(), key.id())
                                .map(_ -> told(made.orElseThrow(), key.text()))));
    }

    private static Future<Void> insertRow(SqlConnection transaction, NewKey key) {
        CreateKey wish = key.wish();
        Tuple values = Tuple.of(key.id(), key.tenant().value(), wish.name())
                .addArrayOfString(array(wish.scopes()))
                .addArrayOfString(array(wish.datasets()))
                .addArrayOfString(array(wish.addressRanges()))
                .addOffsetDateTime(utc(wish.expiresAt()))
                .addArrayOfString(array(wish.roles()));
        return transaction.preparedQuery(INSERT).execute(values).mapEmpty();
    }

    private static CreatedKey told(ApiKey made, KeyText text) {
        return new CreatedKey(
                made.id(),
                text.value(),
                made.prefix(),
                made.name(),
                made.scopes(),
                made.roles(),
                made.datasets(),
                made.addressRanges(),
                made.createdAt(),
                made.expiresAt());
    }

    Future<List<ApiKey>> list(TenantId tenant, @Nullable String after, int limit) {
        return tenants.inTransaction(
                        tenant, transaction -> transaction.preparedQuery(LIST).execute(Tuple.of(after, limit)))
                .map(this::readAll);
    }

    Future<Optional<ApiKey>> find(TenantId tenant, String id) {
        return tenants.inTransaction(tenant, transaction -> get(transaction, id));
    }

    /** Those of these keys that the tenant has, or had, in no order. */
    Future<List<ApiKey>> find(TenantId tenant, List<String> ids) {
        Tuple values = Tuple.tuple().addArrayOfString(ids.toArray(String[]::new));
        return tenants.inTransaction(
                        tenant,
                        transaction -> transaction.preparedQuery(GET_ALL).execute(values))
                .map(this::readAll);
    }

    private Future<Optional<ApiKey>> get(SqlConnection transaction, String id) {
        return transaction
                .preparedQuery(GET)
                .execute(Tuple.of(id))
                .map(rows -> readAll(rows).stream().findFirst());
    }

    /**
     * Changes a key to what {@code change} makes of it, while nobody else does; where {@code change} throws, nothing is
     * changed.
     *
     * @return empty where the tenant has no such key
     */
    Future<Optional<ApiKey>> update(Origin origin, String id, Function<ApiKey, CreateKey> change) {
        return locked(
                origin,
                id,
                (transaction, present) -> updateRow(transaction, id, change.apply(present))
                        .compose(_ -> get(transaction, id))
                        .map(Optional::orElseThrow));
    }

    private static Future<Void> updateRow(SqlConnection transaction, String id, CreateKey wish) {
        Tuple values = Tuple.of(id, wish.name())
                .addArrayOfString(array(wish.scopes()))
                .addArrayOfString(array(wish.datasets()))
                .addArrayOfString(array(wish.addressRanges()))
                .addOffsetDateTime(utc(wish.expiresAt()))
                .addArrayOfString(array(wish.roles()));
        return transaction.preparedQuery(UPDATE).execute(values).mapEmpty();
    }

    /**
     * Gives a key another text; the one before is good until {@code endsAt}, those before that end now.
     *
     * @param check throws where the key may not be rotated
     * @return its new text; fails with {@code NotFound} where the tenant has no such key
     */
    Future<RotatedKey> rotate(
            Origin origin, String id, KeyText text, Instant endsAt, Function<ApiKey, CreateKey> check) {
        TenantId tenant = origin.tenant();
        Work work = (transaction, present) -> {
            CreateKey unchanged = check.apply(present);
            return KeyTexts.end(transaction, id, clock.instant(), endsAt)
                    .compose(_ -> KeyTexts.insert(transaction, tenant, id, text))
                    .compose(_ -> updateRow(transaction, id, unchanged))
                    .map(present);
        };
        return tenants.once(
                origin,
                RotatedKey.class,
                transaction -> locked(transaction, tenant, id, work)
                        .map(KeysVerticle::there)
                        .map(key -> new RotatedKey(key.id(), text.value(), text.prefix(), endsAt)));
    }

    private interface Work {
        Future<ApiKey> on(SqlConnection transaction, ApiKey present);
    }

    private Future<Optional<ApiKey>> locked(Origin origin, String id, Work work) {
        return tenants.inTransaction(origin, transaction -> locked(transaction, origin.tenant(), id, work));
    }

    private Future<Optional<ApiKey>> locked(SqlConnection transaction, TenantId tenant, String id, Work work) {
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(id))
                .compose(_ -> get(transaction, id))
                .compose(present -> present.isEmpty()
                        ? Future.succeededFuture(present)
                        : work.on(transaction, present.get())
                                .compose(done ->
                                        recorded(transaction, tenant, id).map(Optional.of(done))));
    }

    /**
     * Ends a key for good.
     *
     * @param check throws where the key may not be ended
     * @return false where the tenant has no such key
     */
    Future<Boolean> revoke(Origin origin, String id, Consumer<ApiKey> check) {
        return tenants.inTransaction(
                origin,
                transaction -> transaction
                        .preparedQuery(LOCK)
                        .execute(Tuple.of(id))
                        .compose(_ -> get(transaction, id))
                        .compose(present -> {
                            present.ifPresent(check);
                            return present.isEmpty()
                                    ? Future.succeededFuture(false)
                                    : revoke(transaction, id, "requested");
                        }));
    }

    private static Future<Boolean> revoke(SqlConnection transaction, String id, String because) {
        return transaction
                .preparedQuery(REVOKE)
                .execute(Tuple.of(id, because))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(false)
                        : recorded(transaction, tenant(rows), id).map(true));
    }

    private static TenantId tenant(RowSet<Row> rows) {
        return new TenantId(rows.iterator().next().getString("tenant_id"));
    }

    /** Ends what that text opens, whoever's it is: the key, or the text alone where another one has taken its place. */
    Future<EndedByLeak> killed(KeyText text) {
        return platform.inTransaction(transaction -> KeyTexts.find(transaction, text)
                .compose(found ->
                        found.map(there -> killed(transaction, text, there)).orElseGet(KeyStore::nothing)));
    }

    /** The key is locked before its texts, as everywhere; by then the text may be another one's predecessor. */
    private Future<EndedByLeak> killed(SqlConnection transaction, KeyText text, KeyTexts.Found seen) {
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(seen.keyId()))
                .compose(_ -> KeyTexts.find(transaction, text))
                .compose(found -> found.map(there -> kill(transaction, there)).orElseGet(KeyStore::nothing));
    }

    private static Future<EndedByLeak> nothing() {
        return Future.succeededFuture(EndedByLeak.NOTHING);
    }

    private Future<EndedByLeak> kill(SqlConnection transaction, KeyTexts.Found text) {
        EndedByLeak ended = new EndedByLeak(text.tenant().value(), text.keyId());
        return text.isPresent()
                ? revoke(transaction, text.keyId(), "leaked").map(isNew -> isNew ? ended : EndedByLeak.NOTHING)
                : KeyTexts.endNow(transaction, text, clock.instant())
                        .compose(_ -> recorded(transaction, text.tenant(), text.keyId()))
                        .map(ended);
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
        return platform.inTransaction(transaction -> KeyTexts.ensure(transaction, key, clock.instant())
                .compose(isGood -> recorded(transaction, key.tenant(), key.id()).map(isGood)));
    }

    /** @param keyIdToMillis when keys were used, in ms since 1970 */
    Future<Void> used(Map<String, Long> keyIdToMillis) {
        Map<String, Long> inOrder = new TreeMap<>(keyIdToMillis);
        OffsetDateTime[] times = inOrder.values().stream()
                .map(millis -> utc(Instant.ofEpochMilli(millis)))
                .toArray(OffsetDateTime[]::new);
        Tuple values = Tuple.tuple()
                .addArrayOfString(inOrder.keySet().toArray(String[]::new))
                .addArrayOfOffsetDateTime(times);
        return platform.inTransaction(
                transaction -> transaction.preparedQuery(USED).execute(values).mapEmpty());
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

    private List<ApiKey> readAll(RowSet<Row> rows) {
        Instant now = clock.instant();
        List<ApiKey> keys = new ArrayList<>(rows.size());
        rows.forEach(row -> keys.add(read(row, now)));
        return keys;
    }

    private static ApiKey read(Row row, Instant now) {
        Instant previousEndsAt = instant(row.getOffsetDateTime("previous_ends_at"));
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                row.getString("prefix"),
                List.of(row.getArrayOfStrings("scopes")),
                List.of(row.getArrayOfStrings("roles")),
                list(row.getArrayOfStrings("datasets")),
                list(row.getArrayOfStrings("address_ranges")),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("expires_at")),
                previousEndsAt == null || !previousEndsAt.isAfter(now) ? null : previousEndsAt,
                instant(row.getOffsetDateTime("revoked_at")),
                row.getString("revoked_because"),
                instant(row.getOffsetDateTime("last_used_at")));
    }

    private static Standing standing(Row row) {
        return new Standing(
                new TenantId(row.getString("tenant_id")),
                row.getBoolean("active"),
                List.of(row.getArrayOfStrings("scopes")),
                List.of(row.getArrayOfStrings("roles")),
                list(row.getArrayOfStrings("datasets")),
                list(row.getArrayOfStrings("address_ranges")),
                instant(row.getOffsetDateTime("expires_at")),
                instant(row.getOffsetDateTime("revoked_at")));
    }

    static @Nullable List<String> list(String @Nullable [] texts) {
        return texts == null ? null : List.of(texts);
    }

    static String @Nullable [] array(@Nullable List<String> texts) {
        return texts == null ? null : texts.toArray(String[]::new);
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
