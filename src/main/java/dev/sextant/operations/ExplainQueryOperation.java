package dev.sextant.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.query.budget.Terms;
import dev.sextant.query.run.AskOnTerms;
import dev.sextant.query.run.Estimate;
import dev.sextant.query.run.QueryAddresses;
import io.vertx.core.Future;

/** {@code POST /api/v2/queries/{id}/explain} */
record ExplainQueryOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "explainQuery";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(
                        OperationAddresses.FETCH, new FetchResult(call.params().text("id")), call.origin())
                .compose(outcome -> bus.askHere(
                        QueryAddresses.ASK_ON_TERMS,
                        new AskOnTerms(
                                explained(outcome.question()), call.receiver().hungUp()),
                        call.origin()))
                .map(outcome -> Reply.ok(Estimate.of(outcome)));
    }

    private static JsonNode explained(JsonNode question) {
        return ((ObjectNode) Terms.strippedFrom(question)).put("dry_run", true).put("explain", true);
    }
}
