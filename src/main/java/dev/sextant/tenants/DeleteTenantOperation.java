package dev.sextant.tenants;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code DELETE /api/v2/admin/tenants/{id}} */
final class DeleteTenantOperation implements Operation {

    private final Bus bus;

    DeleteTenantOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "deleteTenant";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Params params = call.params();
        boolean now = params.find("purge", String.class).isPresent();
        return bus.askHere(TenantsAddresses.DELETE, new DeleteTenant(params.text("id"), now), call.origin())
                .map(tenant -> now ? new Reply.NoContent() : Reply.accepted(tenant));
    }
}
