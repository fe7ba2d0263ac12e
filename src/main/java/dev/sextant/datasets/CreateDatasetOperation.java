package dev.sextant.datasets;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** {@code POST /api/v2/datasets} */
record CreateDatasetOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "createDataset";
    }

    @Override
    public Future<Reply> handle(Call call) {
        CreateDataset question = call.body().as(CreateDataset.class);
        return bus.askHere(DatasetAddresses.CREATE, question, call.origin())
                .map(report -> new Reply.Value(201, headers(report), report));
    }

    private static Map<String, String> headers(DatasetReport report) {
        Map<String, String> headers = new HashMap<>(EntityTag.headers(report.version()));
        headers.put("location", "/api/v2/datasets/" + report.name());
        return headers;
    }
}
