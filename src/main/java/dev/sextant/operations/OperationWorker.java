package dev.sextant.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.bus.Bus;
import dev.sextant.kernel.Cursor;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.budget.Terms;
import dev.sextant.query.run.AskOnTerms;
import dev.sextant.query.run.OnTerms;
import dev.sextant.query.run.QueryAddresses;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps operations, tells of them and ends them; and takes over those that other nodes left behind. */
final class OperationWorker extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(OperationWorker.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Bus bus;
    private final TenantDb db;
    private final OperationRunner runner;
    private final Leases leases;
    private final OperationsConfig config;
    private final InstantSource clock;

    OperationWorker(
            Bus bus, TenantDb db, OperationRunner runner, Leases leases, OperationsConfig config, InstantSource clock) {
        this.bus = bus;
        this.db = db;
        this.runner = runner;
        this.leases = leases;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(leases.renewEvery().toMillis(), _ -> takeOver());
        return Future.all(List.of(
                bus.answer(OperationAddresses.SUBMIT, this::submit),
                bus.answer(OperationAddresses.GET, (question, origin) -> report(question.id(), origin)),
                bus.answer(OperationAddresses.AWAIT, this::await),
                bus.answer(OperationAddresses.LIST, this::list),
                bus.answer(OperationAddresses.CANCEL, this::cancel),
                bus.answer(OperationAddresses.FETCH, this::fetch),
                bus.subscribe(OperationAddresses.CANCELLED, (event, _) -> runner.cancel(event.id()))));
    }

    private void takeOver() {
        leases.renewAndTake(runner.held())
                .onSuccess(renewal -> {
                    renewal.lost().forEach(runner::cancel);
                    renewal.taken().forEach(runner::take);
                })
                .onFailure(failure -> LOG.warn("The leases of operations could not be renewed", failure));
    }

    /** What cannot be meant is refused here, while the caller waits. */
    private Future<Submitted> submit(SubmitQuery question, Origin origin) {
        return bus.askHere(
                        QueryAddresses.ASK_ON_TERMS,
                        new AskOnTerms(
                                priced(question.body()), Promise.<Void>promise().future()),
                        origin)
                .compose(priced -> keep(question.body(), priced, origin)
                        .onSuccess(runner::take)
                        .compose(submission -> report(submission.id(), origin))
                        .map(report -> new Submitted(
                                priced.dataset(), report, priced.quote().units())));
    }

    private static JsonNode priced(JsonNode body) {
        return ((ObjectNode) Terms.strippedFrom(body)).put("dry_run", true);
    }

    private Future<Submission> keep(JsonNode body, OnTerms priced, Origin origin) {
        Submission submission = new Submission(
                Ids.make("op"),
                Ids.make("qry"),
                origin.principal(),
                body,
                priced.dataset(),
                priced.quote().millis());
        return db.inTransaction(
                origin,
                connection -> OperationStore.countOpen(connection, origin.principal())
                        .compose(open -> open < config.openPerTenantMax()
                                ? OperationStore.insert(connection, submission, leases.lease(), clock.instant())
                                : ProblemException.failed(tooMany()))
                        .map(submission));
    }

    private Problem tooMany() {
        return new Problem.QuotaExceeded(
                RETRY_AFTER_SECONDS,
                "A tenant may have %d operations open: wait for some, or cancel them."
                        .formatted(config.openPerTenantMax()));
    }

    private Future<OperationReport> report(String id, Origin origin) {
        return find(id, origin).map(stored -> report(stored, origin));
    }

    private Future<Stored> find(String id, Origin origin) {
        return inTransaction(origin.tenant(), connection -> find(connection, id, origin));
    }

    private Future<Stored> find(SqlConnection connection, String id, Origin origin) {
        return OperationStore.find(connection, id, seen(origin))
                .map(found -> found.orElseThrow(() -> new ProblemException(
                        new Problem.NotFound("There is no such operation; what is over is kept for a day."))));
    }

    private OperationReport report(Stored stored, Origin origin) {
        OptionalDouble progress =
                runner.find(stored.id()).map(work -> work.handle().progress()).orElse(OptionalDouble.empty());
        return OperationReport.of(stored, progress, clock.instant(), origin);
    }

    private Seen seen(Origin origin) {
        return new Seen(
                clock.instant().minus(config.keep()),
                origin.principal().reach(),
                origin.principal().policy());
    }

    /** Only its own tenant's: whose it is is looked up first. */
    private Future<OperationReport> await(AwaitOperation question, Origin origin) {
        return find(question.id(), origin)
                .compose(stored -> over(stored.id(), question.millis()))
                .compose(_ -> report(question.id(), origin));
    }

    private Future<Void> over(String id, long millis) {
        return millis <= 0
                ? Future.succeededFuture()
                : runner.find(id)
                        .map(work -> work.over().future().timeout(millis, TimeUnit.MILLISECONDS))
                        .orElseGet(Future::succeededFuture)
                        .otherwiseEmpty();
    }

    private Future<OperationList> list(ListOperations question, Origin origin) {
        return inTransaction(
                        origin.tenant(),
                        connection -> OperationStore.list(connection, question, question.limit() + 1, seen(origin)))
                .map(found -> page(found, question.limit(), origin));
    }

    private OperationList page(List<Stored> found, int limit, Origin origin) {
        boolean hasMore = found.size() > limit;
        List<Stored> page = hasMore ? found.subList(0, limit) : found;
        return new OperationList(
                page.stream().map(stored -> report(stored, origin)).toList(),
                hasMore ? new Cursor(page.getLast().id()).text() : null,
                hasMore);
    }

    private Future<OperationReport> cancel(CancelOperation question, Origin origin) {
        Ending cancelled = Ending.failed(new Problem.Cancelled("The operation was cancelled."));
        return db.inTransaction(
                        origin,
                        connection -> find(connection, question.id(), origin)
                                .compose(stored -> OperationStore.finish(
                                                connection, stored.id(), cancelled, clock.instant())
                                        .compose(_ -> find(connection, stored.id(), origin))))
                .onSuccess(stored -> runner.cancel(stored.id()))
                .compose(
                        stored -> bus.publish(OperationAddresses.CANCELLED, new OperationCancelled(stored.id()), origin)
                                .map(_ -> report(stored, origin)));
    }

    private Future<Outcome> fetch(FetchResult question, Origin origin) {
        return inTransaction(
                origin.tenant(),
                connection -> find(connection, question.id(), origin)
                        .compose(stored -> OperationStore.fetch(connection, stored.id())
                                .map(row -> outcome(stored, row, origin))));
    }

    private Outcome outcome(Stored stored, Row row, Origin origin) {
        if (stored.problem() != null) {
            throw new ProblemException(stored.problem());
        }
        return new Outcome(report(stored, origin), Leases.tree(row.getString("question")), OperationStore.result(row));
    }

    private <T> Future<T> inTransaction(TenantId tenant, Function<SqlConnection, Future<T>> work) {
        return db.inTransaction(tenant, work);
    }
}
