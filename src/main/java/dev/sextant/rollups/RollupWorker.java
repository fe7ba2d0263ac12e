package dev.sextant.rollups;

import dev.sextant.authz.policy.Action;
import dev.sextant.bus.Bus;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.RollupTable;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.rollup.Rollup;
import dev.sextant.query.rollup.RollupReader;
import dev.sextant.rollups.RollupStore.Declared;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** Declares rollups, tells of them and drops them. */
final class RollupWorker extends VerticleBase {

    /** Each costs a little with every commit. */
    private static final int PER_DATASET_MAX = 10;

    /** The path where a rollup of this name would be is taken. */
    private static final String ADVICE = "advice";

    private final Bus bus;
    private final TenantDb db;
    private final OlapEngine engine;
    private final DatasetCatalog catalog;
    private final QueryCompiler compiler;

    RollupWorker(Bus bus, TenantDb db, OlapEngine engine, DatasetCatalog catalog, QueryCompiler compiler) {
        this.bus = bus;
        this.db = db;
        this.engine = engine;
        this.catalog = catalog;
        this.compiler = compiler;
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                bus.answer(RollupAddresses.CREATE, this::create),
                bus.answer(RollupAddresses.LIST, this::list),
                bus.answer(RollupAddresses.GET, this::get),
                bus.answer(RollupAddresses.DROP, this::drop)));
    }

    private Future<RollupReport> create(CreateRollup question, Origin origin) {
        TenantId tenant = origin.tenant();
        if (question.name().equals(ADVICE)) {
            return ProblemException.failed(Unprocessable.at(
                    "/name", Reason.INVALID_MODEL, "is the name of the list of advised rollups: take another"));
        }
        return catalog.whole(origin.principal(), Action.MANAGE, question.dataset())
                .compose(dataset -> {
                    Rollup rollup = RollupReader.read(question.toDeclaration(), dataset.name(), dataset.model());
                    // Here, where it may take its time, and not on the loop that speaks to PostgreSQL.
                    RollupTable table = compiler.rollup(dataset.name(), dataset.model(), rollup);
                    return db.once(
                            origin,
                            Made.class,
                            connection -> insert(connection, question, dataset, table, origin)
                                    .map(_ -> new Made(rollup.name())));
                })
                .onSuccess(_ -> catalog.forget(tenant))
                .compose(rollup -> reports(tenant, question.dataset()).map(all -> named(all, rollup.name())));
    }

    /** What is kept of a creation. */
    private record Made(String name) {}

    private Future<Void> insert(
            SqlConnection connection, CreateRollup question, Dataset dataset, RollupTable table, Origin origin) {
        if (dataset.rollups().size() >= PER_DATASET_MAX) {
            return ProblemException.failed(new Problem.LimitExceeded(
                    "rollups.per_dataset_max",
                    PER_DATASET_MAX,
                    "A dataset may have %d rollups; delete one of them first.".formatted(PER_DATASET_MAX)));
        }
        return RollupStore.insert(
                        connection, origin.tenant(), dataset.name(), question.name(), question.toDeclaration())
                .compose(isNew -> isNew
                        ? engine.defineRollup(origin.tenant(), table, origin.deadline())
                        : ProblemException.failed(
                                new Problem.AlreadyExists("There is a rollup of this name already; DELETE it first.")))
                .compose(_ -> DatasetCatalog.recordChange(connection, origin.tenant()));
    }

    private Future<RollupList> list(ListRollups question, Origin origin) {
        return catalog.findUnveiled(origin.principal(), question.dataset())
                .compose(dataset -> reports(origin.tenant(), dataset.name()))
                .map(RollupList::new);
    }

    private Future<RollupReport> get(GetRollup question, Origin origin) {
        return catalog.findUnveiled(origin.principal(), question.dataset())
                .compose(dataset -> reports(origin.tenant(), dataset.name()))
                .map(all -> named(all, question.name()));
    }

    private static RollupReport named(List<RollupReport> all, String name) {
        return all.stream()
                .filter(report -> report.name().equals(name))
                .findFirst()
                .orElseThrow(() -> noRollup(name));
    }

    private Future<List<RollupReport>> reports(TenantId tenant, String dataset) {
        return engine.state(tenant, dataset)
                .compose(state -> db.inTransaction(tenant, connection -> RollupStore.all(connection, dataset))
                        .map(all -> all.stream()
                                .map(one -> report(one, state.rollupToRows().getOrDefault(one.name(), 0L)))
                                .toList()));
    }

    private static RollupReport report(Declared declared, long rows) {
        return new RollupReport(
                declared.name(),
                declared.declaration().path("grain").asText(),
                declared.declaration().path("dimensions"),
                declared.declaration().path("measures"),
                rows,
                declared.createdAt());
    }

    private Future<DroppedRollup> drop(DropRollup question, Origin origin) {
        TenantId tenant = origin.tenant();
        return catalog.whole(origin.principal(), Action.MANAGE, question.dataset())
                .compose(_ -> db.inTransaction(origin, connection -> delete(connection, question, tenant)))
                .onSuccess(_ -> catalog.forget(tenant))
                .compose(_ -> engine.dropRollup(tenant, question.dataset(), question.name()))
                .map(new DroppedRollup(question.name()));
    }

    private static Future<Void> delete(SqlConnection connection, DropRollup question, TenantId tenant) {
        return RollupStore.delete(connection, question.dataset(), question.name())
                .compose(wasThere -> wasThere
                        ? DatasetCatalog.recordChange(connection, tenant)
                        : Future.failedFuture(noRollup(question.name())));
    }

    private static ProblemException noRollup(String name) {
        return new ProblemException(new Problem.NotFound("There is no rollup '%s' of this dataset.".formatted(name)));
    }
}
