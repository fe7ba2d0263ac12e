package dev.sextant.security.message;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.sextant.identity.token.Seal;
import dev.sextant.kernel.Ids;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Keeps the keys for encrypted requests in PostgreSQL, sealed, for all nodes. One is made when the newest is too old. */
final class MessageKeyStore {

    private static final String LIST =
            "SELECT sealed FROM message_key WHERE created_at > $1 ORDER BY created_at DESC, kid DESC";
    private static final String IS_RECENT = "SELECT 1 FROM message_key WHERE created_at > $1";
    private static final String INSERT = "INSERT INTO message_key (kid, sealed, created_at) VALUES ($1, $2, $3)";
    private static final String DELETE = "DELETE FROM message_key WHERE created_at <= $1";

    /** Nodes that look at once wait here for each other. */
    private static final String ONE_AFTER_ANOTHER = "LOCK TABLE message_key IN SHARE ROW EXCLUSIVE MODE";

    private final PlatformDb db;
    private final Seal seal;
    private final Duration lifetime;

    MessageKeyStore(PlatformDb db, Seal seal, Duration lifetime) {
        this.db = db;
        this.seal = seal;
        this.lifetime = lifetime;
    }

    /** The keys that are good, the newest first: there is one that is not older than a lifetime, and none older than two. */
    Future<List<ECKey>> current(Instant now) {
        return db.inTransaction(transaction -> isRecent(transaction, now)
                .compose(recent -> recent ? Future.succeededFuture() : renew(transaction, now))
                .compose(_ -> list(transaction, now)));
    }

    private Future<Boolean> isRecent(SqlConnection transaction, Instant now) {
        return transaction
                .preparedQuery(IS_RECENT)
                .execute(Tuple.of(utc(now.minus(lifetime))))
                .map(rows -> rows.size() > 0);
    }

    private Future<Void> renew(SqlConnection transaction, Instant now) {
        return transaction
                .query(ONE_AFTER_ANOTHER)
                .execute()
                .compose(_ -> isRecent(transaction, now))
                .compose(recent -> recent ? Future.succeededFuture() : insert(transaction, now))
                .compose(_ ->
                        transaction.preparedQuery(DELETE).execute(Tuple.of(utc(now.minus(lifetime.multipliedBy(2))))))
                .mapEmpty();
    }

    private Future<Void> insert(SqlConnection transaction, Instant now) {
        ECKey key = make();
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.of(key.getKeyID(), seal.close(key.toJSONString()), utc(now)))
                .mapEmpty();
    }

    private Future<List<ECKey>> list(SqlConnection transaction, Instant now) {
        return transaction
                .preparedQuery(LIST)
                .execute(Tuple.of(utc(now.minus(lifetime.multipliedBy(2)))))
                .map(this::open);
    }

    private List<ECKey> open(RowSet<Row> rows) {
        List<ECKey> keys = new ArrayList<>(rows.size());
        for (Row row : rows) {
            try {
                keys.add(ECKey.parse(seal.open(row.getString("sealed"))));
            } catch (ParseException e) {
                throw new IllegalStateException("What is kept as a key is none", e);
            }
        }
        return List.copyOf(keys);
    }

    private static ECKey make() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(Ids.make("enc"))
                    .keyUse(KeyUse.ENCRYPTION)
                    .algorithm(JWEAlgorithm.ECDH_ES_A256KW)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Java has P-256", e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
