package dev.sextant.store;

import dev.sextant.kernel.Origin;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;

/**
 * PostgreSQL as one tenant sees it: row-level security hides the rows of all others, and refuses to write any.
 *
 * <p>For all work on behalf of a caller. Safe from any thread.
 */
public final class TenantDb {

    private final Transactions transactions;
    private final Once once;

    TenantDb(Transactions transactions, Once once) {
        this.transactions = transactions;
        this.once = once;
    }

    /**
     * Runs {@code work} in one transaction; what fails is rolled back. The connection is lent until the future that
     * {@code work} returns completes. {@code work} runs on the loop that speaks to PostgreSQL, and so must be quick; the
     * future completes on the caller's context.
     *
     * @return fails with {@code Unavailable} where PostgreSQL is away, {@code Overloaded} where too many wait, else
     *     with what {@code work} failed with ({@link PostgresFailure} reads it)
     */
    public <T> Future<T> inTransaction(TenantId tenant, Function<SqlConnection, Future<T>> work) {
        return transactions.run(
                connection -> connection
                        .preparedQuery("SELECT set_config('sextant.tenant', $1, true)")
                        .execute(Tuple.of(tenant.value())),
                work);
    }

    /**
     * The same for a change that an operation makes: that it was made is written down with it, so that it is on record even
     * where the node dies before it has answered.
     */
    public <T> Future<T> inTransaction(Origin origin, Function<SqlConnection, Future<T>> work) {
        return inTransaction(origin.tenant(), MadeChange.noted(origin, work));
    }

    /**
     * The same, for the transaction in which an operation has its effect: where its caller claims it, it is done once, and who
     * comes again gets the same result.
     *
     * @param type of the result, which must be readable from its JSON
     */
    public <T extends Record> Future<T> once(Origin origin, Class<T> type, Function<SqlConnection, Future<T>> work) {
        return inTransaction(
                origin.tenant(),
                transaction -> once.run(transaction, origin.claim(), type, MadeChange.noted(origin, work)));
    }
}
