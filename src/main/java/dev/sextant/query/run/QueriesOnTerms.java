package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.datasets.Dataset;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.budget.Budget;
import dev.sextant.query.budget.Budget.OnExceed;
import dev.sextant.query.budget.Quote;
import dev.sextant.query.budget.Sketches;
import dev.sextant.query.budget.Terms;
import dev.sextant.query.compile.Explanation;
import dev.sextant.query.model.CanonicalQuery;
import dev.sextant.query.model.ErrorBound;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.rollup.Served;
import dev.sextant.query.run.OnTerms.Fate;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries within their budgets: exactly, or by sketches, or not at all, or later; and says what they would cost.
 * Safe for all threads. What is in the cache costs nothing, and so is within every budget.
 */
public final class QueriesOnTerms {

    /** How the query is asked in the end. */
    private interface Way {

        Future<Answered> ask(Task task);
    }

    /** A query under way. */
    private record Task(Origin origin, Dataset dataset, Query query, Terms terms, Way way) {

        Task with(Query other) {
            return new Task(origin, dataset, other, terms, way);
        }

        Query sketched() {
            return Sketches.sketched(query, dataset.model());
        }
    }

    private final QueryService service;
    private final QueryRunner runner;

    public QueriesOnTerms(QueryService service, QueryRunner runner) {
        this.service = service;
        this.runner = runner;
    }

    /**
     * Costs CPU: for worker threads.
     *
     * @param hungUp completes when nobody waits any more
     */
    public Future<OnTerms> ask(Origin origin, JsonNode body, Future<Void> hungUp) {
        return ask(
                origin, body, Terms.of(body), task -> service.ask(task.origin(), task.dataset(), task.query(), hungUp));
    }

    /** The same where nobody waits: time does not count, and nothing is put off any further. Costs CPU. */
    Future<OnTerms> askPatiently(Origin origin, JsonNode body, Run run) {
        return ask(
                origin,
                body,
                Terms.of(body).patient(),
                task -> service.askAlone(task.origin(), task.dataset(), task.query(), run));
    }

    private Future<OnTerms> ask(Origin origin, JsonNode body, Terms terms, Way way) {
        return service.dataset(origin, body).compose(dataset -> {
            Query query = QueryReader.read(Terms.strippedFrom(body), dataset.name(), dataset.model());
            return ask(first(new Task(origin, dataset, CanonicalQuery.of(query), terms, way)));
        });
    }

    /** A page goes on as the first one was answered; and what is too far off is not even tried. */
    private Task first(Task task) {
        Budget budget = task.terms().budget();
        if (budget == null) {
            return task;
        }
        if (budget.onExceed() == OnExceed.APPROXIMATE && goesOnBySketch(task)) {
            return task.with(task.sketched());
        }
        return budget.maxError() == null
                ? task
                : task.with(Sketches.within(task.query(), task.dataset().model(), budget.maxError()));
    }

    private boolean goesOnBySketch(Task task) {
        if (task.query().cursor() == null || task.sketched().equals(task.query())) {
            return false;
        }
        try {
            runner.earlierRange(task.origin().tenant(), task.sketched());
            return true;
        } catch (ProblemException _) {
            return false; // it is a cursor of the exact query, or of none
        }
    }

    private Future<OnTerms> ask(Task task) {
        return service.prospect(task.origin(), task.dataset(), task.query()).compose(prospect -> {
            Budget budget = task.terms().budget();
            if (task.terms().dryRun()) {
                return Future.succeededFuture(outcome(Fate.PRICED, task, prospect, null));
            }
            return budget == null || prospect.isThere() ? run(task, prospect) : within(budget, task, prospect);
        });
    }

    private Future<OnTerms> within(Budget budget, Task task, Prospect prospect) {
        Quote quote = prospect.quote();
        return switch (budget.onExceed()) {
            case FAIL -> budget.coversCost(quote) ? timed(budget, task, prospect) : tooDear(budget, quote);
            case ASYNC ->
                budget.covers(quote)
                        ? timed(budget, task, prospect)
                                .recover(failure -> ifLate(failure, () -> deferred(task, prospect)))
                        : deferred(task, prospect);
            case APPROXIMATE ->
                budget.covers(quote)
                        ? timed(budget, task, prospect)
                                .recover(failure -> ifLate(failure, () -> approximate(budget, task)))
                        : approximate(budget, task);
        };
    }

    private static Future<OnTerms> ifLate(Throwable failure, Supplier<Future<OnTerms>> otherwise) {
        return failure instanceof ProblemException known && known.problem() instanceof Problem.DeadlineExceeded
                ? otherwise.get()
                : Future.failedFuture(failure);
    }

    private Future<OnTerms> deferred(Task task, Prospect prospect) {
        return Future.succeededFuture(outcome(Fate.DEFERRED, task, prospect, null));
    }

    private Future<OnTerms> approximate(Budget budget, Task task) {
        Task cheaper = task.with(task.sketched());
        if (cheaper.query().equals(task.query())) {
            return refused("The query exceeds your budget, and has no exact count of distinct values to estimate:"
                    + " narrow its time_range, or raise the budget.");
        }
        List<ErrorBound> errors =
                Sketches.bounds(cheaper.query(), task.dataset().model());
        double error = errors.stream().mapToDouble(ErrorBound::value).max().orElse(0);
        if (budget.maxError() != null && error > budget.maxError()) {
            return refused(
                    "The query exceeds your budget, and an estimate would be off by %.4f, more than your max_error."
                            .formatted(error));
        }
        return service.prospect(task.origin(), task.dataset(), cheaper.query())
                .compose(prospect -> prospect.isThere() || budget.coversCost(prospect.quote())
                        ? timed(budget, cheaper, prospect)
                        : refused(
                                "Even an estimate costs %d units, your budget allows %d: narrow its time_range, or raise max_cost."
                                        .formatted(prospect.quote().units(), budget.maxCost())));
    }

    private static Future<OnTerms> tooDear(Budget budget, Quote quote) {
        return refused("The query costs %d units, your budget allows %d: narrow its time_range, or raise max_cost."
                .formatted(quote.units(), budget.maxCost()));
    }

    private static Future<OnTerms> refused(String detail) {
        return ProblemException.failed(Problem.Unprocessable.at("/budget", Reason.COST_EXCEEDED, detail));
    }

    private Future<OnTerms> timed(Budget budget, Task task, Prospect prospect) {
        Long millis = budget.maxMillis();
        return millis == null
                ? run(task, prospect)
                : run(task, prospect)
                        .timeout(millis, TimeUnit.MILLISECONDS)
                        .recover(failure -> failure instanceof TimeoutException
                                ? ProblemException.failed(new Problem.DeadlineExceeded(
                                        "The query did not end within the %d ms of its budget.".formatted(millis)))
                                : Future.failedFuture(failure));
    }

    private Future<OnTerms> run(Task task, Prospect prospect) {
        return task.way().ask(task).map(answer -> outcome(Fate.ANSWERED, task, prospect, answer));
    }

    private OnTerms outcome(Fate fate, Task task, Prospect prospect, @Nullable Answered answered) {
        boolean explains = task.terms().explain() && fate != Fate.DEFERRED;
        return new OnTerms(
                fate,
                task.dataset().name(),
                quote(task, prospect),
                plan(task, prospect),
                explains ? explanation(task, prospect) : null,
                answered);
    }

    /** Whoever is not told how large rollups are is told how many events would be read else. */
    private static Quote quote(Task task, Prospect prospect) {
        Quote quote = prospect.quote();
        return task.dataset().model().isVeiled()
                ? new Quote(Quotes.rows(prospect.resolved(), prospect.state(), null), quote.units(), quote.millis())
                : quote;
    }

    private String plan(Task task, Prospect prospect) {
        Served served = runner.choice(task.dataset(), prospect.resolved(), prospect.state())
                .served();
        if (served == null) {
            return Quotes.plan(task.query(), task.dataset().model());
        }
        return task.dataset().model().isVeiled() ? Served.UNNAMED : served.plan();
    }

    private Explanation explanation(Task task, Prospect prospect) {
        return runner.explain(
                task.origin().tenant(), task.dataset(), task.query(), prospect.resolved(), prospect.state());
    }
}
