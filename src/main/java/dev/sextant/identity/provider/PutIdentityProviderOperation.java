package dev.sextant.identity.provider;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code PUT /api/v2/identity-providers/{id}} */
final class PutIdentityProviderOperation implements Operation {

    private final Bus bus;

    PutIdentityProviderOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "putIdentityProvider";
    }

    @Override
    public Future<Reply> handle(Call call) {
        PutProvider question = new PutProvider(
                call.params().text("id"),
                call.body().as(ProviderWish.class),
                call.params().find("If-Match", String.class).orElse(null));
        return bus.askHere(ProviderAddresses.PUT, question, call.origin())
                .map(provider -> new Reply.Value(200, EntityTag.headers(provider.version()), provider));
    }
}
