package dev.sextant.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Changes;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Keeps the keys that sign tokens in PostgreSQL, sealed, for all nodes. The first node makes the first key. */
public final class SigningKeyStore {

    /** What a change of keys is recorded as; the second for keys that are not to be trusted any more. */
    static final String ROTATED = "signing_key:rotated";

    static final String REPLACED = "signing_key:replaced";

    private static final String LIST = "SELECT kid, sealed, created_at FROM signing_key WHERE retired_at IS NULL"
            + " ORDER BY created_at DESC, kid DESC";
    private static final String INSERT = "INSERT INTO signing_key (kid, sealed, created_at) VALUES ($1, $2, $3)";

    /** What signs no more keeps its public half, for what it signed. */
    private static final String RETIRE = """
            UPDATE signing_key SET retired_at = $3, withdrawn_at = $4, sealed = gone.sealed
            FROM unnest($1::text[], $2::text[]) AS gone (kid, sealed) WHERE signing_key.kid = gone.kid""";

    private static final String LIST_EVER =
            "SELECT kid, sealed, retired_at, withdrawn_at FROM signing_key ORDER BY created_at DESC, kid DESC";

    /** Nodes that start at once wait here for each other. */
    private static final String ONE_AFTER_ANOTHER = "LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE";

    private final PlatformDb db;
    private final Seal seal;
    private final InstantSource clock;

    public SigningKeyStore(PlatformDb db, Secret master, InstantSource clock) {
        this.db = db;
        this.seal = new Seal(master, "sextant signing keys v1");
        this.clock = clock;
    }

    /** The keys in use, the newest first; none where none was made yet. */
    Future<List<KeptSigningKey>> list() {
        return db.inTransaction(this::list);
    }

    /** The public halves of all keys that ever signed, with their ends: a JWK set. */
    Future<String> listEver() {
        return db.inTransaction(transaction -> transaction.query(LIST_EVER).execute())
                .map(rows -> {
                    List<JWK> keys = new ArrayList<>(rows.size());
                    rows.forEach(row -> keys.add(PastKeys.told(
                            parsed(seal.open(row.getString("sealed"))),
                            instant(row, "retired_at"),
                            instant(row, "withdrawn_at"))));
                    return new JWKSet(keys).toString();
                });
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** Makes the first key where there is none, and tells those there are. */
    Future<List<KeptSigningKey>> ensure() {
        return alone((transaction, keys) ->
                keys.isEmpty() ? insert(transaction).compose(_ -> list(transaction)) : Future.succeededFuture(keys));
    }

    /** Makes the next key where it is due, and retires those whose tokens are all over. */
    Future<Void> keepUp(SigningSchedule schedule) {
        return alone((transaction, keys) -> {
            List<KeptSigningKey> outlived = schedule.outlived(keys, clock.instant());
            boolean isDue = schedule.isNextDue(keys, clock.instant());
            if (!isDue && outlived.isEmpty()) {
                return Future.succeededFuture();
            }
            return (isDue ? insert(transaction) : Future.<Void>succeededFuture())
                    .compose(_ -> retire(transaction, outlived, false))
                    .compose(_ -> Changes.record(transaction, TenantId.PLATFORM, ROTATED));
        });
    }

    /** Makes the next key now; it signs once it was announced for long enough. */
    Future<List<KeptSigningKey>> rotate() {
        return alone((transaction, _) -> insert(transaction)
                .compose(_ -> list(transaction))
                .compose(keys ->
                        Changes.record(transaction, TenantId.PLATFORM, ROTATED).map(keys)));
    }

    /** Makes a key that signs at once, and believes none of the others any more. */
    Future<List<KeptSigningKey>> replace() {
        return alone((transaction, keys) -> retire(transaction, keys, true)
                .compose(_ -> insert(transaction))
                .compose(_ -> list(transaction))
                .compose(made ->
                        Changes.record(transaction, TenantId.PLATFORM, REPLACED).map(made)));
    }

    private <T> Future<T> alone(BiFunction<SqlConnection, List<KeptSigningKey>, Future<T>> work) {
        return db.inTransaction(transaction -> transaction
                .query(ONE_AFTER_ANOTHER)
                .execute()
                .compose(_ -> list(transaction))
                .compose(keys -> work.apply(transaction, keys)));
    }

    private Future<List<KeptSigningKey>> list(SqlConnection transaction) {
        return transaction.query(LIST).execute().map(this::open);
    }

    private Future<Void> insert(SqlConnection transaction) {
        ECKey key = make();
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        key.getKeyID(),
                        seal.close(key.toJSONString()),
                        clock.instant().atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    private Future<Void> retire(SqlConnection transaction, List<KeptSigningKey> keys, boolean withdrawn) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return transaction
                .preparedQuery(RETIRE)
                .execute(Tuple.tuple()
                        .addArrayOfString(
                                keys.stream().map(key -> key.key().getKeyID()).toArray(String[]::new))
                        .addArrayOfString(keys.stream()
                                .map(key -> seal.close(key.key().toPublicJWK().toJSONString()))
                                .toArray(String[]::new))
                        .addOffsetDateTime(now)
                        .addOffsetDateTime(withdrawn ? now : null))
                .mapEmpty();
    }

    private List<KeptSigningKey> open(RowSet<Row> rows) {
        List<KeptSigningKey> keys = new ArrayList<>(rows.size());
        for (Row row : rows) {
            keys.add(new KeptSigningKey(
                    parsed(seal.open(row.getString("sealed"))),
                    row.getOffsetDateTime("created_at").toInstant()));
        }
        return List.copyOf(keys);
    }

    private static ECKey parsed(String json) {
        try {
            return ECKey.parse(json);
        } catch (ParseException e) {
            throw new IllegalStateException("What is kept as a signing key is none", e);
        }
    }

    static ECKey make() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(Ids.make("sig"))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Java has P-256", e);
        }
    }
}
