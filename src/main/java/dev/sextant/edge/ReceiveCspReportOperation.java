package dev.sextant.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.telemetry.Telemetry;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;

/**
 * {@code POST /api/v2/csp-report}: counts what browsers have stopped. What they tell of it stays unread, since anybody may
 * send it: no more than the number reaches a log or a metric.
 */
final class ReceiveCspReportOperation implements Operation {

    private final Counter reports;

    ReceiveCspReportOperation(Telemetry telemetry) {
        this.reports = telemetry.counter("sextant.edge.csp.reports", "Violations that browsers have reported");
    }

    @Override
    public String operationId() {
        return "receiveCspReport";
    }

    @Override
    public Future<Reply> handle(Call call) {
        JsonNode sent = call.body().tree();
        reports.increment(sent.isArray() ? sent.size() : 1);
        return Future.succeededFuture(new Reply.NoContent());
    }
}
