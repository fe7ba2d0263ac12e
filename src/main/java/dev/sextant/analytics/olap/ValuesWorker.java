package dev.sextant.analytics.olap;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.kernel.Origin;
import dev.sextant.query.run.QueryService;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Asks the one query that the values of a field come from. */
final class ValuesWorker extends VerticleBase {

    private final Bus bus;
    private final DatasetCatalog catalog;
    private final QueryService service;

    ValuesWorker(Bus bus, DatasetCatalog catalog, QueryService service) {
        this.bus = bus;
        this.catalog = catalog;
        this.service = service;
    }

    @Override
    public Future<?> start() {
        return bus.answer(OlapAddresses.VALUES, this::answer);
    }

    private Future<FieldValues> answer(RunValues question, Origin origin) {
        return catalog.find(origin.principal(), question.asked().dataset())
                .compose(dataset ->
                        answer(ValuesPlan.of(question.asked(), dataset), dataset, origin, question.hungUp()));
    }

    private Future<FieldValues> answer(ValuesPlan plan, Dataset dataset, Origin origin, Future<Void> hungUp) {
        return service.ask(origin, dataset, plan.query(), hungUp)
                .map(answered -> plan.values(answered.result().table()));
    }
}
