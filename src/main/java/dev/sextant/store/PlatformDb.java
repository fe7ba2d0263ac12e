package dev.sextant.store;

import dev.sextant.kernel.Origin;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/**
 * PostgreSQL across all tenants: for operations that ask for a {@code platform:} scope, and for workers of the system.
 *
 * <p>Safe from any thread.
 */
public final class PlatformDb {

    private final Transactions transactions;

    PlatformDb(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Runs {@code work} in one transaction, with the failures of {@link TenantDb#inTransaction}. */
    public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        return transactions.run(_ -> Future.succeededFuture(), work);
    }

    /** The same for a change that an operation makes, as {@link TenantDb#inTransaction(Origin, Function)}. */
    public <T> Future<T> inTransaction(Origin origin, Function<SqlConnection, Future<T>> work) {
        return inTransaction(connection -> MadeChange.note(connection, origin).compose(_ -> work.apply(connection)));
    }
}
