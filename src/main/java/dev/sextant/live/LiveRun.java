package dev.sextant.live;

import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Trace;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.model.TimeRange;
import dev.sextant.query.run.QueryService;
import dev.sextant.query.run.TimeRanges;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a live query once, and says when time alone gives another answer. */
record LiveRun(DatasetCatalog catalog, QueryService service, InstantSource clock, Duration patience) {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);

    /** A query about a fixed range is looked at this often, in case an announcement of data got lost. */
    private static final Duration RECHECK = Duration.ofSeconds(10);

    /** Asks now. Costs CPU; the future completes on any thread, and fails with a {@link ProblemException}. */
    Future<ResultTable> ask(LiveKey key) {
        Origin origin = origin(key);
        return catalog.find(key.asker(), key.query().dataset())
                .compose(dataset -> service.ask(origin, dataset, key.query()))
                .map(answered -> answered.result().table())
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> ProblemException.failed(problem(failure)));
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof TimeoutException) {
            return new Problem.DeadlineExceeded("The live query took too long.");
        }
        String incident = UUID.randomUUID().toString();
        LOG.error("Live query failed, incident[{}]", incident, failure);
        return Problem.Fault.of(incident, "The live query failed");
    }

    /** In the name of all who look. */
    Origin origin(LiveKey key) {
        return new Origin(key.asker(), Trace.begin(ThreadLocalRandom.current()), Deadline.in(patience));
    }

    /** How long until the query should be asked again though no data came: at the end of a step of its time. */
    long idleMillis(LiveKey key) {
        if (!(key.query().timeRange() instanceof TimeRange.Last)) {
            return RECHECK.toMillis();
        }
        Instant now = clock.instant();
        Instant end = TimeRanges.stepEnd(now, TimeRanges.step(key.query()));
        return Math.max(1, Duration.between(now, end).toMillis() + 1);
    }
}
