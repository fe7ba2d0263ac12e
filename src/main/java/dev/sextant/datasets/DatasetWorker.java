package dev.sextant.datasets;

import dev.sextant.authz.policy.Action;
import dev.sextant.bus.Bus;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.OlapEngine;
import dev.sextant.http.EntityTag;
import dev.sextant.kernel.Cursor;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelProposal;
import dev.sextant.query.model.ModelReader;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes, changes and tells of datasets. */
final class DatasetWorker extends VerticleBase {

    private final Bus bus;
    private final TenantDb db;
    private final OlapEngine engine;
    private final DatasetCatalog catalog;
    private final DatasetsConfig config;

    DatasetWorker(Bus bus, TenantDb db, OlapEngine engine, DatasetCatalog catalog, DatasetsConfig config) {
        this.bus = bus;
        this.db = db;
        this.engine = engine;
        this.catalog = catalog;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                bus.answer(DatasetAddresses.CREATE, this::create),
                bus.answer(DatasetAddresses.LIST, this::list),
                bus.answer(DatasetAddresses.GET, this::get),
                bus.answer(DatasetAddresses.UPDATE, this::update),
                bus.answer(DatasetAddresses.INFER, (question, _) -> infer(question))));
    }

    private Future<DatasetReport> create(CreateDataset question, Origin origin) {
        TenantId tenant = origin.tenant();
        catalog.requireToMake(origin.principal(), question.name());
        requireReach(origin, question.name(), question.isDefault());
        DatasetModel model = ModelReader.read(question.model(), "/model");
        Dataset wanted = new Dataset(
                question.name(),
                Objects.requireNonNullElse(question.description(), ""),
                model,
                List.of(),
                question.isDefault(),
                1,
                Instant.EPOCH,
                Instant.EPOCH);
        return prepare(tenant, wanted)
                .compose(_ -> db.once(
                        origin,
                        Made.class,
                        connection -> DatasetStore.takeTurn(connection, tenant)
                                .compose(_ -> insert(connection, tenant, wanted))
                                .map(made -> new Made(made.name()))))
                .onSuccess(_ -> catalog.forget(tenant))
                .compose(made -> get(new GetDataset(made.name()), origin));
    }

    /**
     * An engine may take seconds until it knows new columns, and no transaction waits for so long: within it, all is known
     * already. Nothing is prepared that would be refused.
     */
    private Future<Void> prepare(TenantId tenant, Dataset wanted) {
        return db.inTransaction(
                        tenant,
                        connection -> DatasetStore.lock(connection, wanted.name())
                                .compose(present -> DatasetStore.count(connection)
                                        .map(count -> present.isEmpty() && count < config.perTenantMax())))
                .compose(isNew -> isNew ? define(tenant, wanted) : Future.succeededFuture());
    }

    private Future<Void> define(TenantId tenant, Dataset wanted) {
        return engine.define(tenant, wanted.model().table(wanted.name()));
    }

    /** What is kept of a creation. */
    private record Made(String name) {}

    /** A dataset that becomes the default takes that from another one. */
    private static void requireReach(Origin origin, String name, boolean isDefault) {
        Reach reach = origin.principal().reach();
        if (!reach.covers(name)) {
            throw new ProblemException(
                    new Problem.PolicyDenied("Your credential is limited to some datasets, and may create no others."));
        }
        if (isDefault && reach.isLimited()) {
            throw new ProblemException(new Problem.PolicyDenied(
                    "Your credential is limited to some datasets: which one is the default concerns them all."));
        }
    }

    private Future<Dataset> inTurn(Origin origin, Function<SqlConnection, Future<Dataset>> work) {
        return db.inTransaction(
                origin,
                connection -> DatasetStore.takeTurn(connection, origin.tenant()).compose(_ -> work.apply(connection)));
    }

    private Future<Dataset> insert(SqlConnection connection, TenantId tenant, Dataset wanted) {
        return DatasetStore.count(connection)
                .compose(count -> count < config.perTenantMax()
                        ? DatasetStore.insert(connection, tenant, wanted)
                        : ProblemException.failed(tooMany()))
                .map(inserted -> inserted.orElseThrow(() -> new ProblemException(
                        new Problem.AlreadyExists("There is a dataset of this name already; PATCH it to add fields."))))
                .compose(inserted -> define(tenant, inserted).map(inserted))
                .compose(inserted ->
                        DatasetStore.recordChange(connection, tenant).map(inserted));
    }

    private Future<DatasetReport> update(UpdateDataset question, Origin origin) {
        TenantId tenant = origin.tenant();
        return catalog.whole(origin.principal(), Action.MANAGE, question.name())
                .compose(whole -> {
                    requireReach(origin, whole.name(), Boolean.TRUE.equals(question.isDefault()));
                    return define(tenant, changed(whole, question));
                })
                .compose(_ -> inTurn(origin, connection -> change(connection, tenant, question)))
                .onSuccess(_ -> catalog.forget(tenant))
                .compose(dataset -> report(tenant, dataset));
    }

    private Future<Dataset> change(SqlConnection connection, TenantId tenant, UpdateDataset question) {
        return DatasetStore.lock(connection, question.name())
                .map(found -> found.orElseThrow(() -> DatasetCatalog.noDataset(question.name())))
                .map(present -> changed(present, question))
                .compose(wanted -> define(tenant, wanted).map(wanted))
                .compose(wanted -> DatasetStore.update(connection, wanted))
                .compose(
                        changed -> DatasetStore.recordChange(connection, tenant).map(changed));
    }

    private static Dataset changed(Dataset present, UpdateDataset question) {
        String seen = question.ifMatch();
        if (seen != null && !EntityTag.matches(seen, present.version())) {
            throw new ProblemException(new Problem.PreconditionFailed(
                    "The dataset is at version %d by now: read it again.".formatted(present.version())));
        }
        return new Dataset(
                present.name(),
                Objects.requireNonNullElse(question.description(), present.description()),
                extended(present.model(), question),
                present.rollups(),
                Objects.requireNonNullElse(question.isDefault(), present.isDefault()),
                present.version(),
                present.createdAt(),
                present.updatedAt());
    }

    private static DatasetModel extended(DatasetModel present, UpdateDataset question) {
        return question.model() == null ? present : ModelReader.extend(present, question.model(), "/model");
    }

    private Future<DatasetReport> get(GetDataset question, Origin origin) {
        return catalog.find(origin.principal(), question.name()).compose(dataset -> report(origin.tenant(), dataset));
    }

    private Future<DatasetList> list(ListDatasets question, Origin origin) {
        return catalog.all(origin.principal()).compose(datasets -> page(question, datasets, origin.tenant()));
    }

    private Future<DatasetList> page(ListDatasets question, List<Dataset> datasets, TenantId tenant) {
        List<Dataset> rest = datasets.stream()
                .filter(dataset -> isAfter(dataset.name(), question.after()))
                .toList();
        List<Dataset> page = rest.stream().limit(question.limit()).toList();
        boolean hasMore = rest.size() > page.size();
        List<Future<DatasetReport>> reports =
                page.stream().map(dataset -> report(tenant, dataset)).toList();
        return Future.all(reports)
                .map(done -> new DatasetList(
                        done.list(), hasMore ? new Cursor(page.getLast().name()).text() : null, hasMore));
    }

    private static boolean isAfter(String name, @Nullable String after) {
        return after == null || name.compareTo(after) > 0;
    }

    private static Future<ModelReport> infer(InferModel question) {
        ModelProposal proposal = ModelProposal.infer(question.events());
        return Future.succeededFuture(new ModelReport(proposal.model().toJson(), proposal.guesses()));
    }

    private Future<DatasetReport> report(TenantId tenant, Dataset dataset) {
        Future<DatasetState> state = engine.state(tenant, dataset.name());
        return state.map(found -> DatasetReport.of(dataset, found));
    }

    private Problem tooMany() {
        return new Problem.LimitExceeded(
                "datasets.per_tenant_max",
                config.perTenantMax(),
                "A tenant may have %d datasets.".formatted(config.perTenantMax()));
    }
}
