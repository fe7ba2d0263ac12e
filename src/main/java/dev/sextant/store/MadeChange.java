package dev.sextant.store;

import dev.sextant.kernel.Origin;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;

/** Writes down, with a change, that it was made and by which call. The audit takes it from there. */
final class MadeChange {

    private static final String NOTE = """
            INSERT INTO audit_change (request_id, tenant_id, trace_id, actor, operation) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING""";

    private MadeChange() {}

    /** The same work, and a note of it in the same transaction. */
    static <T> Function<SqlConnection, Future<T>> noted(Origin origin, Function<SqlConnection, Future<T>> work) {
        return transaction -> note(transaction, origin).compose(_ -> work.apply(transaction));
    }

    /** Does nothing where no operation was called: then there is no call to be on record. */
    private static Future<Void> note(SqlConnection transaction, Origin origin) {
        if (origin.operation().isEmpty()) {
            return Future.succeededFuture();
        }
        Tuple values = Tuple.of(
                origin.trace().requestId(),
                origin.tenant().value(),
                origin.trace().traceId(),
                origin.principal().actor(),
                origin.operation());
        return transaction.preparedQuery(NOTE).execute(values).mapEmpty();
    }
}
