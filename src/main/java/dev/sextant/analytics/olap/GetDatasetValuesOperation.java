package dev.sextant.analytics.olap;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.Map;

/** {@code GET /api/v2/datasets/{name}/values} */
record GetDatasetValuesOperation(Bus bus) implements Operation {

    private static final long LIMIT_BY_DEFAULT = 100;

    @Override
    public String operationId() {
        return "getDatasetValues";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Params params = call.params();
        call.usage().dataset(params.text("name"));
        AskValues question = new AskValues(
                params.text("name"),
                params.text("field"),
                params.find("prefix", String.class).orElse(null),
                params.flag("ignore_case"),
                Math.toIntExact(call.rowsMax().bound(params, LIMIT_BY_DEFAULT)),
                params.find("from", String.class).orElse(null),
                params.find("to", String.class).orElse(null));
        return bus.askHere(
                        OlapAddresses.VALUES,
                        new RunValues(question, call.receiver().hungUp()),
                        call.origin())
                .map(values -> new Reply.Value(200, Map.of(), values));
    }
}
