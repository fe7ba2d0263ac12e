package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;

/** {@code POST /api/v2/api-keys/leak-report}: whatever is reported, the answer is the same. Whose key it ended has it on record. */
record ReportLeakOperation(Bus bus, LeakLimit limit) implements Operation {

    @Override
    public String operationId() {
        return "reportLeak";
    }

    @Override
    public Future<Reply> handle(Call call) {
        limit.count(call.client());
        return bus.askHere(KeyAddresses.REPORT_LEAK, call.body().as(ReportLeak.class), call.origin())
                .map(ended -> {
                    if (ended.isSomething()) {
                        call.usage().by(new TenantId(ended.tenant()), ended.keyId());
                        call.usage().resource("api-keys/" + ended.keyId());
                    }
                    return Reply.accepted(LeakReceipt.RECEIVED);
                });
    }
}
