package dev.sextant.engine.druid;

import dev.sextant.engine.Answer;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs plans: all statements of one see the same snapshot. */
final class Reads {

    private final DruidConfig.Queries config;
    private final SqlClient sql;
    private final Turns turns;

    Reads(DruidConfig.Queries config, SqlClient sql, Turns turns) {
        this.config = config;
        this.sql = sql;
        this.turns = turns;
    }

    Future<Answer> run(Datasource datasource, Asked asked) {
        return turns.run(
                asked.tenant,
                asked.deadline,
                asked.handle,
                queueNanos -> datasource
                        .snapshot(asked.place())
                        .compose(snapshot -> rows(snapshot, asked)
                                .compose(results -> datasource
                                        .confirm()
                                        .map(_ -> new Answer(snapshot.state(), results, queueNanos)))));
    }

    /** Who asks for what. */
    record Asked(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {

        Place place() {
            return new Place(tenant, plan.dataset());
        }
    }

    /** Of all statements, which run side by side; fails after the last of them has ended. */
    private Future<List<List<List<@Nullable Object>>>> rows(Snapshot snapshot, Asked asked) {
        SqlAnswer.Bounds bounds = new SqlAnswer.Bounds(asked.plan.rowsMax(), config.resultBytesMax());
        List<Future<List<List<@Nullable Object>>>> results = asked.plan.statements().stream()
                .map(statement -> ask(statement, snapshot, asked).compose(answer -> answer.all(bounds)))
                .toList();
        return Future.join(results)
                .map(_ -> results.stream().map(Future::result).toList());
    }

    private Future<SqlAnswer> ask(Plan.Statement statement, Snapshot snapshot, Asked asked) {
        BoundSql bound = BoundSql.of(statement.sql(), statement.parameters(), snapshot);
        SqlAsk ask = new SqlAsk(bound.sql(), bound.values(), statement.types(), 0);
        return sql.ask(ask, asked.deadline, asked.handle).recover(failure -> Future.failedFuture(Schema.told(failure)));
    }

    /** Counts the rows first, in the same snapshot: whoever reads them knows how many there are before the first. */
    Future<RowStream> stream(Datasource datasource, Asked asked) {
        return turns.run(
                asked.tenant,
                asked.deadline,
                asked.handle,
                queueNanos -> datasource
                        .snapshot(asked.place())
                        .compose(snapshot -> count(snapshot, asked)
                                .compose(count -> ask(asked.plan.statements().getFirst(), snapshot, asked)
                                        .compose(answer -> datasource
                                                .confirm()
                                                .onFailure(_ -> answer.close())
                                                .map(_ -> new DruidRowStream(
                                                        snapshot.state(), count, queueNanos, answer))))));
    }

    private Future<Long> count(Snapshot snapshot, Asked asked) {
        Plan.Statement rows = asked.plan.statements().getFirst();
        Plan.Statement count = new Plan.Statement(
                "SELECT COUNT(*) FROM (" + rows.sql() + ")", rows.parameters(), List.of(FieldType.LONG));
        return ask(count, snapshot, asked)
                .compose(answer -> answer.all(SqlAnswer.Bounds.SMALL))
                .map(counted -> counted.getFirst().getFirst() instanceof Long number ? number : 0L)
                .compose(number -> number <= asked.plan.rowsMax()
                        ? Future.succeededFuture(number)
                        : ProblemException.failed(new Problem.LimitExceeded(
                                "rows_max",
                                asked.plan.rowsMax(),
                                "The query yields more than %d rows; narrow it, or set a limit."
                                        .formatted(asked.plan.rowsMax()))));
    }
}
