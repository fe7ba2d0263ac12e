package dev.sextant.analytics.olap;

import dev.sextant.bus.Bus;
import dev.sextant.http.Body;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.query.budget.Terms;
import dev.sextant.query.compile.Explanation;
import dev.sextant.query.run.Answered;
import dev.sextant.query.run.AskOnTerms;
import dev.sextant.query.run.AskQuery;
import dev.sextant.query.run.Envelope;
import dev.sextant.query.run.Estimate;
import dev.sextant.query.run.OnTerms;
import dev.sextant.query.run.QueryAddresses;
import dev.sextant.query.run.QueryService;
import dev.sextant.query.stream.AskStream;
import dev.sextant.query.stream.StreamAddresses;
import dev.sextant.query.stream.StreamFormat;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/analytics/realtime/query} */
final class QueryRealtimeOperation implements Operation {

    /** Reading more than this takes too long for an event loop. */
    private static final int GLANCE_BYTES_MAX = 16 << 10;

    private final Bus bus;
    private final QueryService service;
    private final InstantSource clock;

    QueryRealtimeOperation(Bus bus, QueryService service, InstantSource clock) {
        this.bus = bus;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public String operationId() {
        return "queryRealtime";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return StreamFormat.of(call.receiver().mediaType())
                .map(format -> stream(call, format))
                .orElseGet(() -> table(call));
    }

    private Future<Reply> stream(Call call, StreamFormat format) {
        AskStream question =
                new AskStream(call.body().json().tree(), format, call.receiver().hungUp());
        return bus.askHere(StreamAddresses.OPEN, question, call.origin())
                .map(stream -> new Reply.Stream(200, stream.headers(), stream.bytes()));
    }

    private Future<Reply> table(Call call) {
        long startedNanos = System.nanoTime();
        Body.Json body = call.body().json();
        if (Terms.areIn(body.tree())) {
            return bus.askHere(QueryAddresses.ASK_ON_TERMS, new AskOnTerms(body.tree()), call.origin())
                    .map(outcome -> reply(outcome, call, startedNanos));
        }
        return glance(call, body)
                .map(Future::succeededFuture)
                .orElseGet(() -> bus.askHere(QueryAddresses.ASK, new AskQuery(body.tree()), call.origin()))
                .map(answered -> reply(answered, null, call, startedNanos));
    }

    private Optional<Answered> glance(Call call, Body.Json body) {
        return body.bytes().length() > GLANCE_BYTES_MAX
                ? Optional.empty()
                : service.glance(call.principal(), body.tree(), body.bytes());
    }

    private Reply reply(OnTerms outcome, Call call, long startedNanos) {
        Answered answered = outcome.answered();
        return answered == null
                ? Reply.ok(Estimate.of(outcome))
                : reply(answered, outcome.explanation(), call, startedNanos);
    }

    private Reply reply(Answered answered, @Nullable Explanation explanation, Call call, long startedNanos) {
        Envelope envelope =
                new Envelope(answered, Envelope.queryId(call.trace()), startedNanos, clock.instant(), explanation);
        return new Reply.Encoded(200, envelope.headers(), envelope.json());
    }
}
