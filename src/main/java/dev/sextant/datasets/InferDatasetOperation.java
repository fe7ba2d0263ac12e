package dev.sextant.datasets;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code POST /api/v2/datasets/infer} */
record InferDatasetOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "inferDataset";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(DatasetAddresses.INFER, call.body().as(InferModel.class), call.origin())
                .map(Reply::ok);
    }
}
