package dev.sextant.security.settings;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;

/** {@code PUT /api/v2/security-settings} */
final class ReplaceSecuritySettingsOperation implements Operation {

    private final Bus bus;

    ReplaceSecuritySettingsOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "replaceSecuritySettings";
    }

    @Override
    public Future<Reply> handle(Call call) {
        ReplaceSettings question = new ReplaceSettings(
                call.body().as(SettingsWish.class).settings(),
                call.params().find("If-Match", String.class).orElse(null),
                call.receiver().certificate().get());
        return bus.askHere(SettingsAddresses.REPLACE, question, call.origin())
                .map(settings -> new Reply.Value(200, EntityTag.headers(settings.version()), settings));
    }
}
