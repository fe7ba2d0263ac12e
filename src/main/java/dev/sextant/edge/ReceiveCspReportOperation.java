package dev.sextant.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@code POST /api/v2/csp-report}: counts what browsers have stopped. What they tell of it stays unread, since anybody may
 * send it: no more than the number reaches a log or a metric.
 */
final class ReceiveCspReportOperation implements Operation {

    private final LongAdder reports = new LongAdder();

    ReceiveCspReportOperation(Telemetry telemetry) {
        telemetry.gauge("sextant.edge.csp.reports", "Violations that browsers have reported", reports::sum);
    }

    @Override
    public String operationId() {
        return "receiveCspReport";
    }

    @Override
    public Future<Reply> handle(Call call) {
        JsonNode sent = call.body().tree();
        reports.add(sent.isArray() ? sent.size() : 1);
        return Future.succeededFuture(new Reply.NoContent());
    }
}
