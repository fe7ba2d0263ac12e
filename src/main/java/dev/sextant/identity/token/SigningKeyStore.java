package dev.sextant.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Secret;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the keys that sign tokens in PostgreSQL, sealed, for all nodes. The first node makes the first key. */
public final class SigningKeyStore {

    private static final String LIST =
            "SELECT kid, sealed FROM signing_key WHERE retired_at IS NULL ORDER BY created_at DESC, kid DESC";
    private static final String INSERT = "INSERT INTO signing_key (kid, sealed) VALUES ($1, $2)";

    /** Nodes that start at once wait here for each other. */
    private static final String ONE_AFTER_ANOTHER = "LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE";

    private final PlatformDb db;
    private final Seal seal;

    public SigningKeyStore(PlatformDb db, Secret master) {
        this.db = db;
        this.seal = new Seal(master);
    }

    /** The keys in use, the newest first; none where none was made yet. */
    Future<List<ECKey>> list() {
        return db.inTransaction(this::list);
    }

    /** Makes the first key where there is none, and tells those there are. */
    Future<List<ECKey>> ensure() {
        return db.inTransaction(transaction -> transaction
                .query(ONE_AFTER_ANOTHER)
                .execute()
                .compose(_ -> list(transaction))
                .compose(keys -> keys.isEmpty()
                        ? insert(transaction).compose(_ -> list(transaction))
                        : Future.succeededFuture(keys)));
    }

    private Future<List<ECKey>> list(SqlConnection transaction) {
        return transaction.query(LIST).execute().map(this::open);
    }

    private Future<Void> insert(SqlConnection transaction) {
        ECKey key = make();
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.of(key.getKeyID(), seal.close(key.toJSONString())))
                .mapEmpty();
    }

    private List<ECKey> open(RowSet<Row> rows) {
        List<ECKey> keys = new ArrayList<>(rows.size());
        for (Row row : rows) {
            keys.add(parsed(seal.open(row.getString("sealed"))));
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
