package dev.sextant.tenants;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/admin/tenants/{id}} */
final class GetTenantOperation implements Operation {

    private final Bus bus;

    GetTenantOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "getTenant";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(TenantsAddresses.GET, new GetTenant(call.params().text("id")), call.origin())
                .map(tenant -> new Reply.Value(200, EntityTag.headers(tenant.version()), tenant));
    }
}
