package dev.sextant.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.bus.Bus;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.Condition;
import dev.sextant.engine.Deleted;
import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;

/** Reads which events are meant, as a query would, has the engine delete them, and announces that they are gone. */
final class DeletionWorker extends VerticleBase {

    private final Bus bus;
    private final DatasetCatalog catalog;
    private final OlapEngine engine;
    private final QueryCompiler compiler;
    private final InstantSource clock;

    DeletionWorker(Bus bus, DatasetCatalog catalog, OlapEngine engine, QueryCompiler compiler, InstantSource clock) {
        this.bus = bus;
        this.catalog = catalog;
        this.engine = engine;
        this.compiler = compiler;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return bus.answer(IngestAddresses.DELETE, this::delete);
    }

    private Future<DeletionReceipt> delete(DeleteEvents question, Origin origin) {
        return catalog.find(origin.principal(), question.dataset())
                .compose(dataset -> engine.delete(origin.tenant(), condition(question, dataset), origin.deadline())
                        .onSuccess(deleted -> announce(dataset, deleted, origin)))
                .map(deleted -> new DeletionReceipt(deleted.rows(), "dv_" + deleted.dataVersion()));
    }

    private Condition condition(DeleteEvents question, Dataset dataset) {
        ObjectNode counting = JsonNodeFactory.instance.objectNode();
        counting.putArray("measures").addObject().put("agg", "count");
        if (question.filter() != null) {
            counting.set("filter", question.filter());
        }
        if (question.timeRange() != null) {
            counting.set("time_range", question.timeRange());
        }
        Query query = QueryReader.read(counting, dataset.name(), dataset.model());
        if (query.filter() == null && query.timeRange() == null) {
            throw new ProblemException(
                    Unprocessable.at("", Reason.INVALID_QUERY, "Say which events by a filter, a time_range or both."));
        }
        return compiler.condition(
                query, query.timeRange() == null ? null : query.timeRange().at(clock.instant()), dataset.model());
    }

    private void announce(Dataset dataset, Deleted deleted, Origin origin) {
        if (deleted.rows() > 0) {
            bus.publish(IngestAddresses.ACCEPTED, new EventsAccepted(dataset.name(), deleted.dataVersion()), origin);
        }
    }
}
