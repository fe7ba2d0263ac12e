package dev.sextant.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Transactions on one pool, each with a prelude that is sent together with its BEGIN; what they do is done on the store's loop. */
record Transactions(StoreLoop loop, Pool pool, Duration patience) {

    <T> Future<T> run(Function<SqlConnection, Future<?>> prelude, Function<SqlConnection, Future<T>> work) {
        return loop.run(() -> pool.getConnection()
                .compose(connection -> within(connection, prelude, work)
                        .eventually(() -> connection.close().otherwiseEmpty()))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(PostgresFailure::of));
    }

    private static <T> Future<T> within(
            SqlConnection connection,
            Function<SqlConnection, Future<?>> prelude,
            Function<SqlConnection, Future<T>> work) {
        connection.exceptionHandler(_ -> {}); // else printed; whoever waits on the connection hears of it anyway
        Future<Transaction> begun = connection.begin();
        return Future.all(begun, prelude.apply(connection))
                .compose(_ -> work.apply(connection))
                .compose(result -> begun.result().commit().map(result), failure -> rollBack(begun, failure));
    }

    /** Fails with {@code failure}, whatever becomes of the rollback: an open transaction ends with its connection. */
    private static <T> Future<T> rollBack(Future<Transaction> begun, Throwable failure) {
        return begun.compose(Transaction::rollback).transform(_ -> Future.failedFuture(failure));
    }
}
