package dev.sextant.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Reply;
import dev.sextant.query.budget.Terms;
import dev.sextant.query.compile.Explanation;
import dev.sextant.query.run.Answered;
import dev.sextant.query.run.AskOnTerms;
import dev.sextant.query.run.AskQuery;
import dev.sextant.query.run.Envelope;
import dev.sextant.query.run.Estimate;
import dev.sextant.query.run.Meta;
import dev.sextant.query.run.OnTerms;
import dev.sextant.query.run.QueryAddresses;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the body of a query into a reply: the answer, its price, or, where the caller prefers it or the budget says so, an
 * operation to come back for. For event loops.
 */
public final class QueryReplies {

    /** What is left of a request's time for writing its answer. */
    private static final long MARGIN_MILLIS = 250;

    private final Bus bus;
    private final InstantSource clock;

    public QueryReplies(Bus bus, InstantSource clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** Whether a call wants more than an answer at once, so that it is no use to look for one. */
    public static boolean hasTerms(Call call, JsonNode body) {
        return Terms.areIn(body) || preference(call).isAsync();
    }

    /**
     * The reply to a call.
     *
     * @param body a query that keeps to the contract
     */
    public Future<Reply> reply(Call call, JsonNode body) {
        nameDataset(call, body);
        Preference preference = preference(call);
        return preference.isAsync() && !body.path("dry_run").asBoolean()
                ? later(call, body, preference)
                : atOnce(call, body);
    }

    /** Puts on record what the query is about, also where it is refused; of one that names no dataset the answer tells. */
    public static void nameDataset(Call call, JsonNode body) {
        if (body.path("dataset").isTextual()) {
            call.usage().dataset(body.path("dataset").textValue());
        }
    }

    private static Preference preference(Call call) {
        return call.params().find("Prefer", String.class).map(Preference::of).orElse(Preference.NONE);
    }

    /** The same, whatever the caller prefers. */
    Future<Reply> atOnce(Call call, JsonNode body) {
        long startedNanos = System.nanoTime();
        if (!Terms.areIn(body)) {
            return bus.askHere(
                            QueryAddresses.ASK,
                            new AskQuery(body, call.receiver().hungUp()),
                            call.origin())
                    .map(answered -> encoded(answered, null, call, startedNanos));
        }
        return bus.askHere(
                        QueryAddresses.ASK_ON_TERMS,
                        new AskOnTerms(body, call.receiver().hungUp()),
                        call.origin())
                .compose(outcome -> switch (outcome.fate()) {
                    case ANSWERED, PRICED -> Future.succeededFuture(reply(outcome, call, startedNanos));
                    case DEFERRED -> later(call, ((ObjectNode) body.deepCopy()).without("budget"), Preference.NONE);
                });
    }

    private Reply reply(OnTerms outcome, Call call, long startedNanos) {
        call.usage().dataset(outcome.dataset());
        Answered answered = outcome.answered();
        return answered == null
                ? Reply.ok(Estimate.of(outcome))
                : encoded(answered, outcome.explanation(), call, startedNanos);
    }

    /** The answer as it goes out. */
    public Reply encoded(Answered answered, @Nullable Explanation explanation, Call call, long startedNanos) {
        call.usage().cost(answered.units());
        call.usage().dataset(answered.dataset());
        Envelope envelope =
                new Envelope(answered, Meta.queryId(call.trace()), startedNanos, clock.instant(), explanation);
        return new Reply.Encoded(200, envelope.headers(), envelope.json());
    }

    private Future<Reply> later(Call call, JsonNode body, Preference preference) {
        return bus.askHere(OperationAddresses.SUBMIT, new SubmitQuery(body), call.origin())
                .onSuccess(submitted -> {
                    call.usage().cost(submitted.units());
                    call.usage().dataset(submitted.dataset());
                })
                .compose(submitted -> waited(call, submitted.report(), preference))
                .compose(
                        report -> preference.waitMillis() > 0 && report.status().isOver()
                                ? finished(call, report, preference)
                                : Future.succeededFuture(accepted(report, preference)));
    }

    private Future<OperationReport> waited(Call call, OperationReport report, Preference preference) {
        long millis =
                Math.min(preference.waitMillis(), call.deadline().remaining().toMillis() - MARGIN_MILLIS);
        return millis <= 0
                ? Future.succeededFuture(report)
                : bus.askHere(OperationAddresses.AWAIT, new AwaitOperation(report.id(), millis), call.origin());
    }

    /** It was over soon enough: as if it had been asked at once. */
    private Future<Reply> finished(Call call, OperationReport report, Preference preference) {
        return bus.askHere(OperationAddresses.FETCH, new FetchResult(report.id()), call.origin())
                .map(outcome -> {
                    Outcome.Result result = outcome.result();
                    return result == null
                            ? accepted(report, preference)
                            : new Reply.Encoded(200, headers(result, preference), result.json());
                });
    }

    private static Map<String, String> headers(Outcome.Result result, Preference preference) {
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "application/json");
        headers.put("etag", result.etag());
        headers.put("preference-applied", preference.applied());
        return headers;
    }

    private static Reply accepted(OperationReport report, Preference preference) {
        Map<String, String> headers = new HashMap<>();
        headers.put("location", report.links().self());
        headers.put("retry-after", "1");
        if (preference.isAsync()) {
            headers.put("preference-applied", preference.applied());
        }
        return new Reply.Value(202, headers, report);
    }
}
