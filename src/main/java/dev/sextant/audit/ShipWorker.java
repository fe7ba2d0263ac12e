package dev.sextant.audit;

import dev.sextant.audit.journal.Frame;
import dev.sextant.audit.journal.Journal;
import dev.sextant.audit.journal.JournalReader;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the journal of this node further, in order, as fast as it must and no faster: the nearer the journal is to its bound,
 * the shorter the pauses. What fails is tried again, for ever.
 */
final class ShipWorker extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ShipWorker.class);
    private static final long RETRY_MILLIS = 1000;
    private static final int RECORDS_MIN = 10;

    /** Pauses as long as the work before them, times this, while the journal is as good as empty. */
    private static final double EASE = 3;

    /** From this fullness on there is no pause any more. */
    private static final double HURRY = 0.25;

    private final Journal journal;
    private final JournaledTrail trail;
    private final Shipment shipment;
    private final AuditConfig.Ship config;
    private final JournalReader reader;
    private Future<?> underWay = Future.succeededFuture();
    private int recordsMax;
    private boolean isFailing;
    private boolean isStopped;

    ShipWorker(Journal journal, JournaledTrail trail, Shipment shipment, AuditConfig.Ship config) {
        this.journal = journal;
        this.trail = trail;
        this.shipment = shipment;
        this.config = config;
        this.reader = journal.reader();
        this.recordsMax = config.recordsMax();
    }

    /** Started once it is known how far the journal was taken; then all that an earlier process left is under way. */
    @Override
    public Future<?> start() {
        return shipment.place().onSuccess(this::ship);
    }

    /** What was not shipped stays in the journal, for the next start. */
    @Override
    public Future<?> stop() {
        isStopped = true;
        return underWay.transform(_ -> {
            flushCounts(true);
            journal.close();
            return Future.succeededFuture();
        });
    }

    private void ship(long place) {
        if (isStopped) {
            return;
        }
        flushCounts(false);
        long begunNanos = System.nanoTime();
        List<Frame> frames = reader.read(place, recordsMax);
        if (frames.isEmpty()) {
            later(config.every().toMillis(), place);
            return;
        }
        underWay = shipment.ship(frames)
                .onSuccess(next -> {
                    isFailing = false;
                    recordsMax = Math.min(config.recordsMax(), recordsMax * 2);
                    reader.letGo(next);
                    later(pauseMillis(frames.size(), System.nanoTime() - begunNanos), next);
                })
                .onFailure(failure -> retry(failure, place));
    }

    private long pauseMillis(int shipped, long tookNanos) {
        if (shipped < recordsMax) {
            return config.every().toMillis();
        }
        double calm = Math.max(0, 1 - journal.fullness() / HURRY);
        return Math.max(1, Math.round(tookNanos / 1e6 * EASE * calm));
    }

    private void retry(Throwable failure, long place) {
        if (!isFailing) {
            LOG.warn("The journal cannot be shipped, will try again: {}", failure.getMessage());
        }
        isFailing = true;
        recordsMax = Math.max(RECORDS_MIN, recordsMax / 2); // a database that is slow takes less at a time
        later(RETRY_MILLIS, place);
    }

    private void later(long millis, long place) {
        if (!isStopped) {
            vertx.setTimer(millis, _ -> ship(place));
        }
    }

    private void flushCounts(boolean isLast) {
        try {
            trail.flushCounts(isLast);
        } catch (ProblemException e) {
            LOG.warn("Calls of unknown callers are not on record: {}", e.getMessage());
        }
    }
}
