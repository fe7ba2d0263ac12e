package dev.sextant.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.query.model.Query;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/v2/queries/{id}/results}: the first page as it was kept, others as they are asked for. While there is no
 * result, 202 and how far it is.
 */
final class GetQueryResultsOperation implements Operation {

    private static final Map<String, String> COME_AGAIN = Map.of("retry-after", "1");

    private final Bus bus;
    private final QueryReplies replies;

    GetQueryResultsOperation(Bus bus, InstantSource clock) {
        this.bus = bus;
        this.replies = new QueryReplies(bus, clock);
    }

    @Override
    public String operationId() {
        return "getQueryResults";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Optional<String> cursor = call.params().find("cursor", String.class);
        String known = call.params().find("If-None-Match", String.class).orElse("");
        return bus.askHere(
                        OperationAddresses.FETCH, new FetchResult(call.params().text("id")), call.origin())
                .compose(outcome -> cursor.map(text -> replies.atOnce(call, page(call, outcome.question(), text)))
                        .orElseGet(() -> Future.succeededFuture(reply(outcome, known))));
    }

    private static JsonNode page(Call call, JsonNode question, String cursor) {
        ObjectNode page = ((ObjectNode) question.deepCopy()).put("cursor", cursor);
        return call.rowsMax().cut(page, Query.LIMIT_BY_DEFAULT);
    }

    private static Reply reply(Outcome outcome, String known) {
        Outcome.Result result = outcome.result();
        if (result == null) {
            return new Reply.Value(202, COME_AGAIN, outcome.report());
        }
        return EntityTag.isKnown(known, result.etag())
                ? new Reply.NotModified(Map.of("etag", result.etag()))
                : new Reply.Encoded(
                        200, Map.of("content-type", "application/json", "etag", result.etag()), result.json());
    }
}
