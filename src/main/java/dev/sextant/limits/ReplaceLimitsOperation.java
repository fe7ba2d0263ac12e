package dev.sextant.limits;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code PUT /api/v2/admin/tenants/{id}/limits} */
record ReplaceLimitsOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "replaceLimits";
    }

    @Override
    public Future<Reply> handle(Call call) {
        ReplaceLimits question = new ReplaceLimits(
                call.params().text("id"),
                call.body().as(Limits.class),
                call.params().find("If-Match", String.class).orElse(null),
                call.params().flag("simulate"));
        return bus.askHere(LimitsAddresses.REPLACE, question, call.origin())
                .map(report -> new Reply.Value(200, EntityTag.headers(report.version()), report));
    }
}
