package dev.sextant.cluster;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code POST} and {@code DELETE /api/v2/admin/cluster/nodes/{name}/drain} */
record DrainNodeOperation(String operationId, boolean isDraining, Bus bus) implements Operation {

    @Override
    public Future<Reply> handle(Call call) {
        DrainNode wish = new DrainNode(call.params().text("name"), isDraining);
        return bus.askHere(ClusterAddresses.DRAIN, wish, call.origin()).map(Reply::accepted);
    }
}
