package dev.sextant.datasets;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/datasets/{name}} */
record GetDatasetOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "getDataset";
    }

    @Override
    public Future<Reply> handle(Call call) {
        GetDataset question = new GetDataset(call.params().text("name"));
        return bus.askHere(DatasetAddresses.GET, question, call.origin())
                .map(report -> new Reply.Value(200, EntityTag.headers(report.version()), report));
    }
}
