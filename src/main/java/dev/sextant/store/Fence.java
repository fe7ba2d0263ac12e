package dev.sextant.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * The right to do something that one node at a time does, as {@link NodeLeases} gave it. A node that was held up may believe in
 * it for longer than the others do: so each act begins with {@link #hold}.
 *
 * @param epoch greater than that of every owner before
 */
public record Fence(String lease, String owner, long epoch) {

    /** Does not wait for a renewal, nor a renewal for it; whoever takes the lease over waits for the end of the transaction. */
    private static final String HOLD =
            "SELECT 1 FROM node_lease WHERE name = $1 AND owner = $2 AND epoch = $3 FOR KEY SHARE";

    /**
     * To be the first thing in the transaction of an act, of {@link PlatformDb}: nobody takes the lease over until the
     * transaction has ended.
     *
     * @return fails with {@link FencedException} where somebody has taken it over already
     */
    public Future<Void> hold(SqlConnection transaction) {
        return transaction
                .preparedQuery(HOLD)
                .execute(Tuple.of(lease, owner, epoch))
                .compose(rows ->
                        rows.size() == 1 ? Future.succeededFuture() : Future.failedFuture(new FencedException(this)));
    }
}
