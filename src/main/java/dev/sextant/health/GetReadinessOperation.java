package dev.sextant.health;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.Map;

/** {@code GET /health/ready} and {@code GET /health/startup}: 503 where the server should get no requests. */
record GetReadinessOperation(String operationId, Bus bus) implements Operation {

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(HealthAddresses.CHECK, new CheckHealth(), call.origin())
                .map(report -> new Reply.Value(report.isReady() ? 200 : 503, Map.of(), report));
    }
}
