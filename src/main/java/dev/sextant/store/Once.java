package dev.sextant.store;

import dev.sextant.kernel.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;

/**
 * Does the work of a transaction once for each claim, whatever becomes of the node that does it: what it resulted in is written
 * in the same transaction, closed, and given again to whoever comes with the claim later.
 */
record Once(Vault vault) {

    private static final String HOLD = "SELECT effect FROM idempotency WHERE id = $1 FOR UPDATE";
    private static final String KEEP = "UPDATE idempotency SET effect = $2 WHERE id = $1";

    /** @param claim empty for work that is done each time */
    <T extends Record> Future<T> run(
            SqlConnection transaction, String claim, Class<T> type, Function<SqlConnection, Future<T>> work) {
        return claim.isEmpty()
                ? work.apply(transaction)
                : transaction.preparedQuery(HOLD).execute(Tuple.of(claim)).compose(rows -> {
                    Buffer effect = effect(rows);
                    return effect.length() > 0
                            ? Future.succeededFuture(Json.read(vault.open(claim, effect), type))
                            : work.apply(transaction).compose(done -> keep(transaction, claim, done));
                });
    }

    private static Buffer effect(RowSet<Row> rows) {
        Buffer effect = rows.size() == 0 ? null : rows.iterator().next().getBuffer("effect");
        return effect == null ? Buffer.buffer() : effect;
    }

    private <T extends Record> Future<T> keep(SqlConnection transaction, String claim, T done) {
        return transaction
                .preparedQuery(KEEP)
                .execute(Tuple.of(claim, vault.close(claim, Json.write(done))))
                .map(done);
    }
}
