package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code POST /api/v2/api-keys/leak-report}: whatever is reported, the answer is the same. */
record ReportLeakOperation(Bus bus, LeakLimit limit) implements Operation {

    @Override
    public String operationId() {
        return "reportLeak";
    }

    @Override
    public Future<Reply> handle(Call call) {
        limit.count(call.client());
        return bus.askHere(KeyAddresses.REPORT_LEAK, call.body().as(ReportLeak.class), call.origin())
                .map(Reply::accepted);
    }
}
