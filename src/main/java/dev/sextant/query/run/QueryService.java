package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Bytes;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.CachedResult;
import dev.sextant.query.cache.Covered;
import dev.sextant.query.cache.DataVersions;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.cache.Flights;
import dev.sextant.query.cache.LastAnswers;
import dev.sextant.query.cache.ResultCache;
import dev.sextant.query.cache.ResultKey;
import dev.sextant.query.cache.ResultWriter;
import dev.sextant.query.cache.SharedAnswer;
import dev.sextant.query.cache.SharedResults;
import dev.sextant.query.cache.WholeAnswers;
import dev.sextant.query.log.LogLine;
import dev.sextant.query.log.QueryLog;
import dev.sextant.query.model.CanonicalQuery;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.model.TimeRange.Between;
import dev.sextant.query.split.RollUp;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers queries: from the cache, or by the engine, once for all who ask the same meanwhile. Safe for all threads. */
public final class QueryService {

    /** Where answers are kept: of this node, and of all; and what is left where no engine answers. */
    public record Stores(ResultCache cache, SharedResults shared, LastAnswers lasts) {}

    /** As engines call themselves where they are away. */
    private static final String ENGINE = "engine";

    private final DatasetCatalog catalog;
    private final PreparedQueries prepared;
    private final QueryRunner runner;
    private final ResultCache cache;
    private final SharedResults shared;
    private final LastAnswers lasts;
    private final WholeAnswers wholes = new WholeAnswers();
    private final Flights<ResultKey, Answered> flights = new Flights<>();
    private final DataVersions versions;
    private final QueryLog log;
    private final InstantSource clock;

    public QueryService(
            DatasetCatalog catalog,
            PreparedQueries prepared,
            QueryRunner runner,
            Stores stores,
            DataVersions versions,
            QueryLog log,
            InstantSource clock) {
        this.catalog = catalog;
        this.prepared = prepared;
        this.runner = runner;
        this.cache = stores.cache();
        this.shared = stores.shared();
        this.lasts = stores.lasts();
        this.versions = versions;
        this.log = log;
        this.clock = clock;
    }

    /**
     * The answer, where it can be given at once: nothing is waited for, and no engine is asked.
     *
     * @param text the body as it came
     * @throws dev.sextant.kernel.ProblemException where the query can be refused at once
     */
    public Optional<Answered> glance(Principal principal, JsonNode body, Bytes text) {
        return known(principal, body)
                .flatMap(dataset ->
                        found(principal, dataset, prepared.prepare(principal.tenant(), dataset, text, body)));
    }

    /** As {@link #glance}, but only where the query need not be read for it. */
    public Optional<Answered> recall(Principal principal, JsonNode body, Bytes text) {
        return known(principal, body)
                .flatMap(dataset -> prepared.known(principal.tenant(), dataset, text)
                        .flatMap(query -> found(principal, dataset, query)));
    }

    private Optional<Dataset> known(Principal principal, JsonNode body) {
        JsonNode name = body.path("dataset");
        return name.isTextual() ? catalog.known(principal, name.textValue()) : catalog.knownDefault(principal);
    }

    private Optional<Answered> found(Principal principal, Dataset dataset, PreparedQueries.Prepared asked) {
        Optional<Answered> found = versions.known(principal.tenant(), dataset.name())
                .flatMap(state -> found(key(principal, dataset, resolved(principal, asked.query()), state), state));
        found.ifPresent(_ -> log.asked(asked.line()));
        return found;
    }

    /** The dataset that a body asks. */
    Future<Dataset> dataset(Origin origin, JsonNode body) {
        JsonNode name = body.path("dataset");
        return name.isTextual()
                ? catalog.find(origin.principal(), name.textValue())
                : catalog.findDefault(origin.principal());
    }

    /** What asking this would come to now. */
    Future<Prospect> prospect(Origin origin, Dataset dataset, Query query) {
        Query resolved = resolved(origin.principal(), query);
        return state(origin, dataset)
                .map(state -> new Prospect(
                        resolved,
                        runner.quote(dataset, resolved, state),
                        cache.find(key(origin.principal(), dataset, resolved, state))
                                .isPresent(),
                        state));
    }

    /**
     * Reads and answers a query; while the engine is away, with the last answer that there was, where it is still there.
     * Costs CPU: for worker threads.
     *
     * @param hungUp completes when nobody waits any more: the engine stops, where nobody else waits for the same
     */
    public Future<Answered> ask(Origin origin, JsonNode body, Future<Void> hungUp) {
        return dataset(origin, body)
                .compose(found -> askOrLast(
                        origin, found, CanonicalQuery.of(QueryReader.read(body, found.name(), found.model())), hungUp));
    }

    private Future<Answered> askOrLast(Origin origin, Dataset dataset, Query asked, Future<Void> hungUp) {
        Principal principal = origin.principal();
        Query resolved = resolved(principal, asked);
        LastAnswers.Question question = new LastAnswers.Question(
                principal.tenant(), asked, dataset.version(), dataset.model().fingerprint());
        return ask(origin, dataset, asked, resolved, hungUp)
                .onSuccess(_ -> lasts.answered(question, resolved))
                .recover(failure -> last(question, failure));
    }

    private Future<Answered> last(LastAnswers.Question question, Throwable failure) {
        boolean isAway = failure instanceof ProblemException known
                && known.problem() instanceof Problem.Unavailable away
                && away.part().equals(ENGINE);
        return (isAway ? lasts.find(question) : Optional.<CachedResult>empty())
                .map(result -> Future.succeededFuture(new Answered(
                        question.asked().dataset(),
                        result,
                        CacheStatus.STALE,
                        result.table().state())))
                .orElseGet(() -> Future.failedFuture(failure));
    }

    /** Answers a query that was checked against this dataset. Costs CPU: for worker threads. */
    public Future<Answered> ask(Origin origin, Dataset dataset, Query query) {
        return ask(origin, dataset, query, Promise.<Void>promise().future());
    }

    /** The same for a caller who may hang up: the engine stops then, where nobody else waits for the same. */
    public Future<Answered> ask(Origin origin, Dataset dataset, Query query, Future<Void> hungUp) {
        Query asked = CanonicalQuery.of(query);
        return ask(origin, dataset, asked, resolved(origin.principal(), asked), hungUp);
    }

    private Future<Answered> ask(Origin origin, Dataset dataset, Query asked, Query resolved, Future<Void> hungUp) {
        Principal principal = origin.principal();
        Flights.Waiter waiter = new Flights.Waiter(origin.deadline(), hungUp);
        return state(origin, dataset)
                .compose(state -> answer(key(principal, dataset, resolved, state), dataset, asked, state, waiter))
                .onSuccess(_ -> log.asked(line(principal, asked)));
    }

    /** As {@link #ask}, but alone: nobody else waits for what this run makes, so that it can be stopped. */
    Future<Answered> askAlone(Origin origin, Dataset dataset, Query query, Run run) {
        Principal principal = origin.principal();
        Query asked = CanonicalQuery.of(query);
        Query resolved = resolved(principal, asked);
        return state(origin, dataset)
                .compose(state -> {
                    ResultKey key = key(principal, dataset, resolved, state);
                    return found(key, state)
                            .map(Future::succeededFuture)
                            .orElseGet(() -> shared(
                                    key,
                                    dataset,
                                    state,
                                    () -> made(
                                            key, dataset, asked, () -> runner.alone(key, dataset, asked, state, run))));
                })
                .onSuccess(_ -> log.asked(line(principal, asked)));
    }

    private Future<Answered> answer(
            ResultKey key, Dataset dataset, Query asked, DatasetState state, Flights.Waiter waiter) {
        return found(key, state)
                .map(Future::succeededFuture)
                .orElseGet(() -> flights.join(key, waiter, handle -> made(key, dataset, asked, state, handle)));
    }

    private Optional<Answered> found(ResultKey key, DatasetState state) {
        return cache.find(key).map(result -> new Answered(key.query().dataset(), result, CacheStatus.HIT, state));
    }

    private Future<Answered> made(ResultKey key, Dataset dataset, Query asked, DatasetState state, RunHandle handle) {
        return found(key, state)
                .or(() -> rolledUp(key, dataset, asked, state))
                .map(Future::succeededFuture)
                .orElseGet(() -> shared(
                        key,
                        dataset,
                        state,
                        () -> made(key, dataset, asked, () -> runner.run(key, dataset, asked, state, handle))));
    }

    /** From those of all nodes; made where there is none. */
    private Future<Answered> shared(
            ResultKey key, Dataset dataset, DatasetState state, Supplier<Future<Answered>> make) {
        if (!shared.isWorthAsking(runner.rowsLeft(key, dataset, state))) {
            return make.get();
        }
        return shared.find(key)
                .compose(found -> found.flatMap(answer -> restored(key, dataset, state, answer))
                        .map(Future::succeededFuture)
                        .orElseGet(make));
    }

    /** A shared answer as it was; empty where something in it is not as it was. */
    private Optional<Answered> restored(ResultKey key, Dataset dataset, DatasetState state, SharedAnswer answer) {
        try {
            return Optional.of(result(key, runner.restored(key, dataset, state, answer)))
                    .filter(answer::is)
                    .map(result -> new Answered(key.query().dataset(), kept(key, result), CacheStatus.HIT, state));
        } catch (RuntimeException e) {
            return Optional.empty(); // its rows are not those of the key's columns
        }
    }

    private Future<Answered> made(ResultKey key, Dataset dataset, Query asked, Supplier<Future<Fresh>> run) {
        long startedNanos = System.nanoTime();
        return run.get().map(fresh -> {
            log(LogLine.of(key.tenant(), asked, TimeRanges.step(asked)), fresh, System.nanoTime() - startedNanos);
            ResultKey made = madeOf(key, fresh);
            Fresh told = dataset.model().isVeiled() ? fresh.veiled(key.query()) : fresh;
            CachedResult result = kept(made, result(made, told));
            shared.offer(made, result);
            return new Answered(key.query().dataset(), result, fresh.cache(), fresh.state());
        });
    }

    /** What the engine did; it did nothing for what was put together of pieces that were there. */
    private void log(LogLine line, Fresh fresh, long nanos) {
        if (fresh.cache() == CacheStatus.HIT) {
            return;
        }
        long engineNanos = Math.max(0, nanos - fresh.effort().queuedNanos());
        if (fresh.readsRollup()) {
            log.readRollup(line, fresh.effort().rows(), engineNanos);
        } else {
            log.scanned(line, fresh.effort().rows(), engineNanos);
        }
    }

    private static LogLine line(Principal principal, Query asked) {
        return LogLine.of(principal.tenant(), asked, TimeRanges.step(asked));
    }

    /** From the answer of a finer query. */
    private Optional<Answered> rolledUp(ResultKey key, Dataset dataset, Query asked, DatasetState state) {
        return wholes.beside(key).stream()
                .flatMap(fine -> cache
                        .peek(fine)
                        .flatMap(there -> runner.rolledUp(key, dataset, asked, fine, there.table())
                                .map(table -> new Fresh(
                                        table,
                                        state,
                                        CacheStatus.HIT,
                                        new Effort(
                                                0,
                                                0,
                                                runner.quote(dataset, key.query(), state)
                                                        .units(),
                                                0),
                                        List.of(),
                                        there.plan())))
                        .stream())
                .findFirst()
                .map(fresh -> new Answered(key.query().dataset(), kept(key, result(key, fresh)), fresh.cache(), state));
    }

    /** Data may have come since the key was made: the answer is kept as one of the data that it was made of. */
    private static ResultKey madeOf(ResultKey key, Fresh fresh) {
        return key.at(Covered.version(
                fresh.state(), (Between) key.query().timeRange(), key.query().comparedRange()));
    }

    private static CachedResult result(ResultKey key, Fresh fresh) {
        return new CachedResult(
                fresh.table(),
                ResultWriter.write(fresh.table(), fresh.plan(), fresh.errors()),
                fresh.plan(),
                ResultWriter.etag(key),
                fresh.effort());
    }

    private CachedResult kept(ResultKey key, CachedResult result) {
        cache.put(key, result);
        if (RollUp.isWhole(key.query(), result.table())) {
            wholes.add(key);
        }
        return result;
    }

    /** All pages of a query look at the range that the first one looked at. */
    private Query resolved(Principal principal, Query query) {
        Instant now = clock.instant();
        return query.over(
                runner.earlierRange(principal.tenant(), query).orElseGet(() -> TimeRanges.resolve(query, now)));
    }

    private Future<DatasetState> state(Origin origin, Dataset dataset) {
        return versions.knownOr(origin.tenant(), dataset.name(), runner::state);
    }

    private static ResultKey key(Principal principal, Dataset dataset, Query resolved, DatasetState state) {
        long version = Covered.version(state, (Between) resolved.timeRange(), resolved.comparedRange());
        return new ResultKey(
                principal.tenant(), resolved, dataset.version(), dataset.model().fingerprint(), version);
    }
}
