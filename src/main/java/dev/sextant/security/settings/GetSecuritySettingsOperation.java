package dev.sextant.security.settings;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code GET /api/v2/security-settings} */
final class GetSecuritySettingsOperation implements Operation {

    private final Bus bus;

    GetSecuritySettingsOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "getSecuritySettings";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(SettingsAddresses.GET, new GetSettings(), call.origin())
                .map(settings -> new Reply.Value(200, EntityTag.headers(settings.version()), settings));
    }
}
