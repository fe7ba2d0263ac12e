package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.CachedResult;
import dev.sextant.query.cache.Covered;
import dev.sextant.query.cache.DataVersions;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.cache.Flights;
import dev.sextant.query.cache.ResultCache;
import dev.sextant.query.cache.ResultKey;
import dev.sextant.query.cache.ResultWriter;
import dev.sextant.query.cache.SharedAnswer;
import dev.sextant.query.cache.SharedResults;
import dev.sextant.query.cache.WholeAnswers;
import dev.sextant.query.model.CanonicalQuery;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.model.TimeRange.Between;
import dev.sextant.query.split.RollUp;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers queries: from the cache, or by the engine, once for all who ask the same meanwhile. Safe for all threads. */
public final class QueryService {

    private final DatasetCatalog catalog;
    private final PreparedQueries prepared;
    private final QueryRunner runner;
    private final ResultCache cache;
    private final SharedResults shared;
    private final WholeAnswers wholes = new WholeAnswers();
    private final Flights<ResultKey, Answered> flights = new Flights<>();
    private final DataVersions versions;
    private final InstantSource clock;

    public QueryService(
            DatasetCatalog catalog,
            PreparedQueries prepared,
            QueryRunner runner,
            ResultCache cache,
            SharedResults shared,
            DataVersions versions,
            InstantSource clock) {
        this.catalog = catalog;
        this.prepared = prepared;
        this.runner = runner;
        this.cache = cache;
        this.shared = shared;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * The answer, where it can be given at once: nothing is waited for, and no engine is asked.
     *
     * @param text the body as it came
     * @throws dev.sextant.kernel.ProblemException where the query can be refused at once
     */
    public Optional<Answered> glance(Principal principal, JsonNode body, Buffer text) {
        return knownDataset(principal, body).flatMap(known -> {
            Query query = prepared.prepare(principal.tenant(), known, text, body);
            return versions.known(principal.tenant(), known.name())
                    .flatMap(state -> found(key(principal, known, resolved(principal, query), state), state));
        });
    }

    /** Whether a glance need not read the text, which takes far longer than all the rest of it. */
    public boolean isCheapGlance(Principal principal, JsonNode body, Buffer text) {
        return knownDataset(principal, body)
                .filter(known -> prepared.isKnown(principal.tenant(), known, text))
                .isPresent();
    }

    private Optional<Dataset> knownDataset(Principal principal, JsonNode body) {
        JsonNode name = body.path("dataset");
        return name.isTextual()
                ? catalog.known(principal.tenant(), name.textValue())
                : catalog.knownDefault(principal.tenant());
    }

    /** The dataset that a body asks. */
    Future<Dataset> dataset(Origin origin, JsonNode body) {
        JsonNode name = body.path("dataset");
        return name.isTextual()
                ? catalog.find(origin.tenant(), name.textValue())
                : catalog.findDefault(origin.tenant());
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

    /** Reads and answers a query. Costs CPU: for worker threads. */
    public Future<Answered> ask(Origin origin, JsonNode body) {
        return dataset(origin, body)
                .compose(found -> ask(origin, found, QueryReader.read(body, found.name(), found.model())));
    }

    /** Answers a query that was checked against this dataset. Costs CPU: for worker threads. */
    public Future<Answered> ask(Origin origin, Dataset dataset, Query query) {
        Principal principal = origin.principal();
        Query asked = CanonicalQuery.of(query);
        Query resolved = resolved(principal, asked);
        return state(origin, dataset)
                .compose(state -> answer(key(principal, dataset, resolved, state), dataset, asked, state));
    }

    /** As {@link #ask}, but alone: nobody else waits for what this run makes, so that it can be stopped. */
    Future<Answered> askAlone(Origin origin, Dataset dataset, Query query, Run run) {
        Principal principal = origin.principal();
        Query asked = CanonicalQuery.of(query);
        Query resolved = resolved(principal, asked);
        return state(origin, dataset).compose(state -> {
            ResultKey key = key(principal, dataset, resolved, state);
            return found(key, state)
                    .map(Future::succeededFuture)
                    .orElseGet(() -> shared(
                            key, dataset, state, () -> made(key, runner.alone(key, dataset, asked, state, run))));
        });
    }

    private Future<Answered> answer(ResultKey key, Dataset dataset, Query asked, DatasetState state) {
        return found(key, state)
                .map(Future::succeededFuture)
                .orElseGet(() -> flights.join(key, () -> made(key, dataset, asked, state)));
    }

    private Optional<Answered> found(ResultKey key, DatasetState state) {
        return cache.find(key).map(result -> new Answered(result, CacheStatus.HIT, state));
    }

    private Future<Answered> made(ResultKey key, Dataset dataset, Query asked, DatasetState state) {
        return found(key, state)
                .or(() -> rolledUp(key, dataset, asked, state))
                .map(Future::succeededFuture)
                .orElseGet(() -> shared(key, dataset, state, () -> made(key, runner.run(key, dataset, asked, state))));
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
                    .map(result -> new Answered(kept(key, result), CacheStatus.HIT, state));
        } catch (RuntimeException e) {
            return Optional.empty(); // its rows are not those of the key's columns
        }
    }

    private Future<Answered> made(ResultKey key, Future<Fresh> running) {
        return running.map(fresh -> {
            ResultKey made = madeOf(key, fresh);
            CachedResult result = kept(made, result(made, fresh));
            shared.offer(made, result);
            return new Answered(result, fresh.cache(), fresh.state());
        });
    }

    /** From the answer of a finer query. */
    private Optional<Answered> rolledUp(ResultKey key, Dataset dataset, Query asked, DatasetState state) {
        return wholes.beside(key).stream()
                .flatMap(
                        fine -> cache
                                .peek(fine)
                                .flatMap(there -> runner.rolledUp(key, dataset, asked, fine, there.table()))
                                .stream())
                .findFirst()
                .map(table -> new Fresh(
                        table,
                        state,
                        CacheStatus.HIT,
                        new Effort(0, 0, 0),
                        List.of(),
                        Quotes.plan(key.query(), dataset.model())))
                .map(fresh -> new Answered(kept(key, result(key, fresh)), fresh.cache(), state));
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
        return versions.known(origin.tenant(), dataset.name())
                .map(Future::succeededFuture)
                .orElseGet(() -> runner.state(origin.tenant(), dataset.name())
                        .onSuccess(state -> versions.committed(origin.tenant(), dataset.name(), state)));
    }

    private static ResultKey key(Principal principal, Dataset dataset, Query resolved, DatasetState state) {
        long version = Covered.version(state, (Between) resolved.timeRange(), resolved.comparedRange());
        return new ResultKey(principal.tenant(), resolved, dataset.version(), principal.policy(), version);
    }
}
