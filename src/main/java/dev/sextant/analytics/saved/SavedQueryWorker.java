package dev.sextant.analytics.saved;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.authz.policy.Action;
import dev.sextant.authz.policy.KnownRules;
import dev.sextant.authz.policy.Resources;
import dev.sextant.bus.Bus;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.http.EntityTag;
import dev.sextant.kernel.Cursor;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Reach;
import dev.sextant.query.budget.Terms;
import dev.sextant.query.model.QueryReader;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps queries: only what can be meant of its dataset now. */
final class SavedQueryWorker extends VerticleBase {

    private final Bus bus;
    private final TenantDb db;
    private final DatasetCatalog catalog;
    private final KnownRules rules;
    private final SavedConfig config;

    SavedQueryWorker(Bus bus, TenantDb db, DatasetCatalog catalog, KnownRules rules, SavedConfig config) {
        this.bus = bus;
        this.db = db;
        this.catalog = catalog;
        this.rules = rules;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.answer(SavedQueryAddresses.CREATE, this::create),
                bus.answer(SavedQueryAddresses.GET, this::get),
                bus.answer(SavedQueryAddresses.LIST, this::list),
                bus.answer(SavedQueryAddresses.REPLACE, this::replace),
                bus.answer(SavedQueryAddresses.DELETE, this::delete));
    }

    private Future<SavedQuery> create(CreateSavedQuery question, Origin origin) {
        String id = Ids.make("sqy");
        rules.requireToMake(origin.principal(), Action.WRITE, Resources.savedQuery(id));
        return check(question.text(), origin)
                .compose(_ -> db.once(
                        origin,
                        SavedQuery.class,
                        connection -> SavedQueryStore.count(connection)
                                .compose(count -> count < config.perTenantMax()
                                        ? SavedQueryStore.insert(connection, id, origin.principal(), question.text())
                                        : ProblemException.failed(tooMany()))));
    }

    /** A query without a dataset is of the default one, whichever that is when it is run. */
    private Future<Void> check(SavedText text, Origin origin) {
        JsonNode query = new Parameters(text.parametersOrNone()).sampled(text.query());
        if (query.hasNonNull("cursor")) {
            return ProblemException.failed(Unprocessable.at(
                    "/query/cursor",
                    Reason.INVALID_QUERY,
                    "A saved query begins with its first page: give the cursor when you run it."));
        }
        JsonNode name = query.path("dataset");
        Future<Dataset> dataset = name.isTextual()
                ? catalog.find(origin.principal(), name.textValue())
                : catalog.findDefault(origin.principal());
        return dataset.map(found -> {
            QueryReader.readPart(Terms.strippedFrom(query), "/query", found.name(), found.model());
            return null;
        });
    }

    private Problem tooMany() {
        return new Problem.LimitExceeded(
                "saved.per_tenant_max",
                config.perTenantMax(),
                "A tenant may keep %d queries; delete some.".formatted(config.perTenantMax()));
    }

    private void require(Origin origin, Action action, String id) {
        rules.require(
                origin.principal(), action, Resources.savedQuery(id), notFound().problem());
    }

    private Future<SavedQuery> get(GetSavedQuery question, Origin origin) {
        require(origin, Action.READ, question.id());
        return seen(origin)
                .compose(seen -> db.inTransaction(
                        origin.tenant(), connection -> SavedQueryStore.find(connection, question.id(), seen)))
                .map(found -> found.orElseThrow(SavedQueryWorker::notFound));
    }

    private static ProblemException notFound() {
        return new ProblemException(
                new Problem.NotFound("There is no such saved query; GET /api/v2/saved-queries lists those there are."));
    }

    private Future<SavedQueryList> list(ListSavedQueries question, Origin origin) {
        return seen(origin)
                .compose(seen -> db.inTransaction(
                        origin.tenant(),
                        connection -> SavedQueryStore.list(connection, question, question.limit() + 1, seen)))
                .map(found -> page(found, question.limit(), origin.principal()));
    }

    /** A page has fewer where some may not be read. */
    private SavedQueryList page(List<SavedQuery> found, int limit, Principal who) {
        boolean hasMore = found.size() > limit;
        List<SavedQuery> page = hasMore ? found.subList(0, limit) : found;
        List<SavedQuery> readable = page.stream()
                .filter(query -> rules.allow(who, Action.READ, Resources.savedQuery(query.id())))
                .toList();
        return new SavedQueryList(readable, hasMore ? new Cursor(page.getLast().id()).text() : null, hasMore);
    }

    private Future<SavedQuery> replace(ReplaceSavedQuery question, Origin origin) {
        require(origin, Action.WRITE, question.id());
        return check(question.text(), origin)
                .compose(_ -> seen(origin))
                .compose(seen -> db.once(
                        origin,
                        SavedQuery.class,
                        connection -> locked(connection, question.id(), question.ifMatch(), seen)
                                .compose(_ -> SavedQueryStore.update(connection, question.id(), question.text()))));
    }

    private Future<SavedQuery> delete(DeleteSavedQuery question, Origin origin) {
        require(origin, Action.DELETE, question.id());
        return seen(origin)
                .compose(seen -> db.inTransaction(
                        origin,
                        connection -> locked(connection, question.id(), question.ifMatch(), seen)
                                .compose(present -> SavedQueryStore.delete(connection, question.id())
                                        .map(present))));
    }

    /** A query without a dataset is of the one that is everybody's default, whichever the caller may touch. */
    private Future<Seen> seen(Origin origin) {
        Principal caller = origin.principal();
        Principal anybody = new Principal(caller.tenant(), caller.actor(), caller.scopes(), Reach.ALL, caller.policy());
        return caller.reach().isLimited()
                ? catalog.findDefault(anybody)
                        .map(Dataset::name)
                        .otherwise("")
                        .map(byDefault -> new Seen(caller.reach(), byDefault))
                : Future.succeededFuture(new Seen(Reach.ALL, ""));
    }

    private static Future<SavedQuery> locked(SqlConnection connection, String id, @Nullable String ifMatch, Seen seen) {
        return SavedQueryStore.lock(connection, id, seen).map(found -> {
            SavedQuery present = found.orElseThrow(SavedQueryWorker::notFound);
            if (ifMatch != null && !EntityTag.matches(ifMatch, present.version())) {
                throw new ProblemException(new Problem.PreconditionFailed(
                        "The saved query is at version %d by now: read it again.".formatted(present.version())));
            }
            return present;
        });
    }
}
