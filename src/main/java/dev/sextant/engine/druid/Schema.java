package dev.sextant.engine.druid;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Which columns of a datasource every broker knows: a statement may name no other. Safe for all threads. */
final class Schema {

    private static final long PAUSE_MILLIS = 200;

    private final Vertx vertx;
    private final SqlClient sql;
    private final Brokers brokers;
    private final String datasource;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Schema(Vertx vertx, SqlClient sql, Brokers brokers, String datasource) {
        this.vertx = vertx;
        this.sql = sql;
        this.brokers = brokers;
        this.datasource = datasource;
    }

    boolean knows(Collection<String> columns) {
        return known.containsAll(columns);
    }

    /** Asks once whether they are known. */
    Future<Boolean> ask(Collection<String> columns, Deadline deadline) {
        List<Future<Set<String>>> answers = brokers.well().stream()
                .map(broker -> sql.ask(broker, StateQuery.columns(datasource), deadline, new RunHandle())
                        .compose(answer -> answer.all(SqlAnswer.Bounds.SMALL))
                        .map(rows -> rows.stream()
                                .map(row -> String.valueOf(row.getFirst()))
                                .collect(Collectors.toSet())))
                .toList();
        return Future.all(answers).map(_ -> {
            boolean all = !answers.isEmpty()
                    && answers.stream().allMatch(answer -> answer.result().containsAll(columns));
            if (all) {
                known.addAll(columns);
            }
            return all;
        });
    }

    /** Completes when they are known. */
    Future<Void> await(Collection<String> columns, Deadline deadline) {
        if (knows(columns)) {
            return Future.succeededFuture();
        }
        if (deadline.remaining().isZero()) {
            return ProblemException.failed(new Problem.Unavailable(
                    "engine", "The dataset is stored, but cannot be asked yet; try again in a moment."));
        }
        return ask(columns, deadline)
                .otherwise(false)
                .compose(all -> all ? Future.succeededFuture() : later(columns, deadline));
    }

    private Future<Void> later(Collection<String> columns, Deadline deadline) {
        Promise<Void> promise = Promise.promise();
        vertx.setTimer(PAUSE_MILLIS, _ -> await(columns, deadline).onComplete(promise));
        return promise.future();
    }

    /** What it means to a caller that a broker does not know a name. */
    static Throwable told(Throwable failure) {
        return failure instanceof DruidFailure.UnknownName
                ? new ProblemException(
                        new Problem.Unavailable("engine", "The dataset cannot be asked now; try again in a moment."))
                : failure;
    }
}
