package dev.sextant.tenants;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code PATCH /api/v2/admin/tenants/{id}} */
final class UpdateTenantOperation implements Operation {

    private final Bus bus;

    UpdateTenantOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "updateTenant";
    }

    @Override
    public Future<Reply> handle(Call call) {
        TenantChange change = call.body().as(TenantChange.class);
        UpdateTenant question = new UpdateTenant(
                call.params().text("id"),
                change.name(),
                change.plan(),
                change.status(),
                call.params().find("If-Match", String.class).orElse(null));
        return bus.askHere(TenantsAddresses.UPDATE, question, call.origin())
                .map(tenant -> new Reply.Value(200, EntityTag.headers(tenant.version()), tenant));
    }
}
