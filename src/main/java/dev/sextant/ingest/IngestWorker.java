package dev.sextant.ingest;

import dev.sextant.authz.policy.Action;
import dev.sextant.bus.Bus;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.Appended;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Table;
import dev.sextant.ingest.IngestReceipt.EventError;
import dev.sextant.kernel.Origin;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Reads events, has the engine append them, and announces that they are there. */
final class IngestWorker extends VerticleBase {

    private static final String ON_ONE_NODE = "node";

    private final Bus bus;
    private final DatasetCatalog catalog;
    private final OlapEngine engine;
    private final IngestConfig config;
    private final Duration dedupeWindow;
    private final InstantSource clock;

    IngestWorker(Bus bus, DatasetCatalog catalog, OlapEngine engine, IngestConfig config, InstantSource clock) {
        this.bus = bus;
        this.catalog = catalog;
        this.engine = engine;
        this.config = config;
        this.dedupeWindow = engine.dedupeWindow();
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return bus.answer(IngestAddresses.APPEND, this::append);
    }

    private Future<DatasetReceipt> append(AppendEvents question, Origin origin) {
        Future<Dataset> dataset = question.dataset() == null
                ? catalog.wholeDefault(origin.principal(), Action.WRITE)
                : catalog.whole(origin.principal(), Action.WRITE, question.dataset());
        return dataset.compose(
                found -> append(question, found, origin).map(receipt -> new DatasetReceipt(found.name(), receipt)));
    }

    private Future<IngestReceipt> append(AppendEvents question, Dataset dataset, Origin origin) {
        Instant now = clock.instant();
        Table table = dataset.model().table(dataset.name());
        EventBytes bytes = new EventBytes(
                new EventReader(dataset.model(), table, now, origin.claim()),
                config.eventBytesMax(),
                question.firstIndex());
        EventBytes read = question.lines()
                ? bytes.readLines(question.bytes().getBytes())
                : bytes.readJson(question.bytes().getBytes());
        if (read.events().isEmpty()
                || (question.allOrNothing() && !read.errors().isEmpty())) {
            return Future.succeededFuture(rejected(question, read));
        }
        EventBatch batch = new EventBatch(table, question.batchId(), now, dataset.version(), read.events());
        return engine.append(origin.tenant(), batch, origin.deadline())
                .onSuccess(appended -> announce(dataset, appended, origin))
                .map(appended -> accepted(question, read, appended));
    }

    private void announce(Dataset dataset, Appended appended, Origin origin) {
        if (appended.accepted() > 0 && !appended.isOnOneNode()) {
            bus.publish(IngestAddresses.ACCEPTED, new EventsAccepted(dataset.name(), appended.dataVersion()), origin);
        }
    }

    /** Nothing is appended; with {@code allOrNothing}, the good events count as rejected too. */
    private IngestReceipt rejected(AppendEvents question, EventBytes read) {
        long rejected = (long) read.events().size() + read.errors().size();
        return receipt(question, new Appended(0, 0, 0), rejected, read.errors());
    }

    private IngestReceipt accepted(AppendEvents question, EventBytes read, Appended appended) {
        return receipt(question, appended, read.errors().size(), read.errors());
    }

    private IngestReceipt receipt(AppendEvents question, Appended appended, long rejected, List<EventError> errors) {
        int described = Math.min(errors.size(), config.errorsMax());
        return new IngestReceipt(
                question.batchId(),
                appended.accepted(),
                appended.duplicates(),
                rejected,
                appended.dataVersion() == 0 ? null : "dv_" + appended.dataVersion(),
                appended.isOnOneNode() ? ON_ONE_NODE : null,
                dedupeWindow.toString(),
                errors.subList(0, described),
                errors.size() - described);
    }
}
