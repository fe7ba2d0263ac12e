package dev.sextant.health;

import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /health/live}: whoever can read this is alive. */
final class GetLivenessOperation implements Operation {

    private record Liveness(String status) {}

    @Override
    public String operationId() {
        return "getLiveness";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return Future.succeededFuture(Reply.ok(new Liveness("up")));
    }
}
