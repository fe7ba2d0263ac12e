package dev.sextant.tenants;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** {@code POST /api/v2/admin/tenants} */
final class CreateTenantOperation implements Operation {

    private final Bus bus;

    CreateTenantOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "createTenant";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(TenantsAddresses.CREATE, call.body().as(CreateTenant.class), call.origin())
                .map(CreateTenantOperation::reply);
    }

    private static Reply reply(Tenant made) {
        Map<String, String> headers = new HashMap<>(EntityTag.headers(made.version()));
        headers.put("location", "/api/v2/admin/tenants/" + made.id());
        return new Reply.Value(201, headers, made);
    }
}
