package dev.sextant.push;

import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** {@code GET /api/v2/analytics/realtime/stream} */
record StreamOperation(Loops loops) implements Operation {

    @Override
    public String operationId() {
        return "streamRealtime";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return Future.succeededFuture(new Reply.Socket(socket -> {
            Vertx vertx = Vertx.currentContext().owner();
            Session.open(loops.here(vertx), call, socket);
        }));
    }
}
