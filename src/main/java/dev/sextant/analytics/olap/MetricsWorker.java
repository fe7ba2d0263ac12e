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
import java.util.function.Function;

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

    private Future<TaggedReport> answer(RunMetrics question, Origin origin) {
        String name = question.asked().dataset();
        Future<Dataset> dataset =
                name == null ? catalog.findDefault(origin.principal()) : catalog.find(origin.principal(), name);
        return dataset.compose(found -> answer(question, found, origin));
    }

    private Future<TaggedReport> answer(RunMetrics question, Dataset dataset, Origin origin) {
        AskMetrics asked = question.asked();
        Instant now = clock.instant();
        MetricsPlan plan = MetricsPlan.of(asked, dataset, now);
        Function<Query, Future<Answered>> ask = query -> service.ask(origin, dataset, query, question.hungUp());
        Future<Answered> totals = ask.apply(plan.totals());
        Future<Optional<Answered>> previous = askIfThere(plan.previous(), ask);
        Future<Optional<Answered>> groups = askIfThere(plan.groups(), ask);
        Future<Optional<Answered>> series = askIfThere(plan.series(), ask);
        return Future.all(totals, previous, groups, series)
                .map(_ -> new MetricsShape(asked, plan, totals.result().state(), now)
                        .report(
                                origin.tenant(),
                                totals.result().result().table(),
                                table(previous.result()),
                                table(groups.result()),
                                table(series.result())))
                .map(report -> TaggedReport.of(
                        asked,
                        dataset,
                        report,
                        totals.result().units()
                                + units(previous.result())
                                + units(groups.result())
                                + units(series.result())));
    }

    private static Future<Optional<Answered>> askIfThere(Optional<Query> query, Function<Query, Future<Answered>> ask) {
        return query.map(wanted -> ask.apply(wanted).map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private static Optional<ResultTable> table(Optional<Answered> answered) {
        return answered.map(one -> one.result().table());
    }

    private static long units(Optional<Answered> answered) {
        return answered.map(Answered::units).orElse(0L);
    }
}
