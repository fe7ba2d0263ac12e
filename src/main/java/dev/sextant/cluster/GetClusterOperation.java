package dev.sextant.cluster;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/admin/cluster} */
record GetClusterOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "getCluster";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(ClusterAddresses.GET, new GetCluster(), call.origin())
                .map(Reply::ok);
    }
}
