package dev.sextant.usage;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.List;

/** {@code GET /api/v2/admin/tenants/{id}/usage} */
final class GetTenantUsageOperation implements Operation {

    private final Bus bus;

    GetTenantUsageOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "getTenantUsage";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Params params = call.params();
        GetUsage question = new GetUsage(
                params.text("id"),
                params.find("period", String.class).orElse(null),
                params.text("granularity"),
                texts(params, "group_by"),
                texts(params, "include").contains("forecast"));
        return bus.askHere(UsageAddresses.GET, question, call.origin()).map(Reply::ok);
    }

    private static List<String> texts(Params params, String name) {
        return params.find(name, List.class).isPresent() ? params.texts(name) : List.of();
    }
}
