package dev.sextant.analytics.olap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Body;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.operations.QueryReplies;
import dev.sextant.query.model.Query;
import dev.sextant.query.run.Admission;
import dev.sextant.query.run.Answered;
import dev.sextant.query.run.QueryService;
import dev.sextant.query.stream.AskStream;
import dev.sextant.query.stream.QueryStreams;
import dev.sextant.query.stream.StreamAddresses;
import dev.sextant.query.stream.StreamFormat;
import io.vertx.core.Future;
import java.util.Optional;

/** {@code POST /api/v2/analytics/realtime/query} */
final class QueryRealtimeOperation implements Operation {

    /** Reading more than this takes too long for an event loop. */
    private static final int GLANCE_BYTES_MAX = 16 << 10;

    private final Bus bus;
    private final QueryService service;
    private final QueryReplies replies;
    private final Admission admission;

    QueryRealtimeOperation(Bus bus, QueryService service, QueryReplies replies, Admission admission) {
        this.bus = bus;
        this.service = service;
        this.replies = replies;
        this.admission = admission;
    }

    @Override
    public String operationId() {
        return "queryRealtime";
    }

    @Override
    public Future<Reply> handle(Call call) {
        QueryReplies.nameDataset(call, call.body().json().tree());
        return StreamFormat.of(call.receiver().mediaType())
                .map(format -> stream(call, format))
                .orElseGet(() -> table(call));
    }

    private Future<Reply> stream(Call call, StreamFormat format) {
        JsonNode body = call.rowsMax().whole(call.body().json().tree(), QueryStreams.ROWS_MAX);
        AskStream question = new AskStream(body, format, call.receiver().hungUp());
        return bus.askHere(StreamAddresses.OPEN, question, call.origin())
                .onSuccess(stream -> {
                    call.usage().cost(stream.units());
                    call.usage().dataset(stream.dataset());
                })
                .map(stream -> new Reply.Stream(200, stream.headers(), stream.bytes()));
    }

    private Future<Reply> table(Call call) {
        long startedNanos = System.nanoTime();
        Body.Json body = call.rowsMax().bound(call.body().json(), Query.LIMIT_BY_DEFAULT);
        if (QueryReplies.hasTerms(call, body.tree())) {
            return admitted(call, body);
        }
        return glance(call, body)
                .map(answered -> Future.succeededFuture(replies.encoded(answered, null, call, startedNanos)))
                .orElseGet(() -> admitted(call, body));
    }

    private Future<Reply> admitted(Call call, Body.Json body) {
        return admission.admit(call.principal().tenant(), () -> replies.reply(call, body.tree()));
    }

    /** What is remembered is answered also to those who could not be let in; to refuse the others must cost little. */
    private Optional<Answered> glance(Call call, Body.Json body) {
        if (body.bytes().length() > GLANCE_BYTES_MAX) {
            return Optional.empty();
        }
        return admission.hasRoom(call.principal().tenant())
                ? service.glance(call.principal(), body.tree(), body.bytes())
                : service.recall(call.principal(), body.tree(), body.bytes());
    }
}
