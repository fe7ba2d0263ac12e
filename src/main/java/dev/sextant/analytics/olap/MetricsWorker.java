package dev.sextant.analytics.olap;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.kernel.Origin;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.model.Query;
import dev.sextant.query.run.Answered;
import dev.sextant.query.run.QueryService;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Plans the queries behind metrics, asks them all at once, and shapes the answers. */
final class MetricsWorker extends VerticleBase {

    private final Bus bus;
    private final DatasetCatalog catalog;
    private final QueryService service;
    private final InstantSource clock;

    MetricsWorker(Bus bus, DatasetCatalog catalog, QueryService service, InstantSource clock) {
        this.bus = bus;
        this.catalog = catalog;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return bus.answer(OlapAddresses.METRICS, this::answer);
    }

    private Future<TaggedReport> answer(AskMetrics question, Origin origin) {
        Future<Dataset> dataset = question.dataset() == null
                ? catalog.findDefault(origin.principal())
                : catalog.find(origin.principal(), question.dataset());
        return dataset.compose(found -> answer(question, found, origin));
    }

    private Future<TaggedReport> answer(AskMetrics question, Dataset dataset, Origin origin) {
        Instant now = clock.instant();
        MetricsPlan plan = MetricsPlan.of(question, dataset, now);
        Future<Answered> totals = service.ask(origin, dataset, plan.totals());
        Future<Optional<ResultTable>> previous = askIfThere(plan.previous(), dataset, origin);
        Future<Optional<ResultTable>> groups = askIfThere(plan.groups(), dataset, origin);
        Future<Optional<ResultTable>> series = askIfThere(plan.series(), dataset, origin);
        return Future.all(totals, previous, groups, series)
                .map(_ -> new MetricsShape(question, plan, totals.result().state(), now)
                        .report(
                                origin.tenant(),
                                totals.result().result().table(),
                                previous.result(),
                                groups.result(),
                                series.result()))
                .map(report -> TaggedReport.of(question, dataset, report));
    }

    private Future<Optional<ResultTable>> askIfThere(Optional<Query> query, Dataset dataset, Origin origin) {
        return query.map(wanted -> ask(wanted, dataset, origin).map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<ResultTable> ask(Query query, Dataset dataset, Origin origin) {
        return service.ask(origin, dataset, query)
                .map(answered -> answered.result().table());
    }
}
