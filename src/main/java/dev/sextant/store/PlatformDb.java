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
    private final Once once;

    PlatformDb(Transactions transactions, Once once) {
        this.transactions = transactions;
        this.once = once;
    }

    /** Runs {@code work} in one transaction, with the failures of {@link TenantDb#inTransaction}. */
    public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        return transactions.run(_ -> Future.succeededFuture(), work);
    }

    /** The same for a change that an operation makes, as {@link TenantDb#inTransaction(Origin, Function)}. */
    public <T> Future<T> inTransaction(Origin origin, Function<SqlConnection, Future<T>> work) {
        return inTransaction(MadeChange.noted(origin, work));
    }

    /** Runs {@code work} once for each claim of a caller, as {@link TenantDb#once} does. */
    public <T extends Record> Future<T> once(Origin origin, Class<T> type, Function<SqlConnection, Future<T>> work) {
        return inTransaction(
                transaction -> once.run(transaction, origin.claim(), type, MadeChange.noted(origin, work)));
    }
}
