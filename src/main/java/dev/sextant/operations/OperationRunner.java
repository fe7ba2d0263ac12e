package dev.sextant.operations;

import dev.sextant.bus.Bus;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Trace;
import dev.sextant.query.run.Answered;
import dev.sextant.query.run.AskPatiently;
import dev.sextant.query.run.Envelope;
import dev.sextant.query.run.OnTerms;
import dev.sextant.query.run.QueryAddresses;
import dev.sextant.query.run.Run;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the operations that this node has, a bounded number at a time, and stores how they end. Safe for all threads. */
final class OperationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);

    private final Bus bus;
    private final TenantDb db;
    private final OperationsConfig config;
    private final InstantSource clock;
    private final WorkQueue queue;

    OperationRunner(Bus bus, TenantDb db, OperationsConfig config, InstantSource clock) {
        this.bus = bus;
        this.db = db;
        this.config = config;
        this.clock = clock;
        this.queue = new WorkQueue(config.runningMax(), config.runningPerTenantMax());
    }

    /** Takes what is stored already. */
    void take(Submission submission) {
        queue.add(Work.of(submission));
        next();
    }

    /** What this node knows of an operation that is not over. */
    Optional<Work> find(String id) {
        return queue.find(id);
    }

    /** The operations that this node is at. */
    List<String> held() {
        return queue.ids();
    }

    /** Its end is stored already: what is left is to stop. */
    void cancel(String id) {
        queue.find(id).ifPresent(work -> {
            work.handle().cancel();
            over(work);
        });
    }

    private void next() {
        queue.begin().forEach(this::run);
    }

    private void run(Work work) {
        begin(work)
                .compose(begun -> begun ? ask(work).compose(ending -> finish(work, ending)) : Future.succeededFuture())
                .onFailure(failure -> LOG.warn("An operation's end was not stored; it will be taken up again", failure))
                .onComplete(_ -> over(work));
    }

    private void over(Work work) {
        queue.remove(work.submission().id());
        work.over().tryComplete();
        next();
    }

    private Future<Boolean> begin(Work work) {
        return db.inTransaction(
                work.tenant(),
                connection -> OperationStore.begin(connection, work.submission().id(), clock.instant()));
    }

    private Future<Ending> ask(Work work) {
        Deadline deadline = Deadline.in(config.patience());
        Submission submission = work.submission();
        Origin origin = new Origin(submission.principal(), Trace.begin(ThreadLocalRandom.current()), deadline);
        AskPatiently question = new AskPatiently(submission.question(), new Run(deadline, work.handle()));
        long startedNanos = System.nanoTime();
        return bus.askHere(QueryAddresses.ASK_PATIENTLY, question, origin)
                .map(outcome -> ending(submission, outcome, startedNanos))
                .recover(failure -> Future.succeededFuture(Ending.failed(problem(failure))));
    }

    private Ending ending(Submission submission, OnTerms outcome, long startedNanos) {
        Answered answered = Objects.requireNonNull(outcome.answered(), "Whoever asks patiently is answered");
        Envelope envelope =
                new Envelope(answered, submission.queryId(), startedNanos, clock.instant(), outcome.explanation());
        Buffer json = envelope.json();
        return json.length() > config.resultBytesMax()
                ? Ending.failed(tooLarge())
                : Ending.succeeded(new Outcome.Result(json, answered.result().etag()));
    }

    private Problem tooLarge() {
        return new Problem.LimitExceeded(
                "operations.result_bytes_max",
                config.resultBytesMax(),
                "A result that is kept may have %d bytes: set a smaller limit.".formatted(config.resultBytesMax()));
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        String incident = UUID.randomUUID().toString();
        LOG.error("An operation failed, incident[{}]", incident, failure);
        return Problem.Fault.of(incident, "The query failed");
    }

    private Future<Boolean> finish(Work work, Ending ending) {
        return db.inTransaction(
                work.tenant(),
                connection ->
                        OperationStore.finish(connection, work.submission().id(), ending, clock.instant()));
    }
}
