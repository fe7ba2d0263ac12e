package dev.sextant.identity.token;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import io.vertx.core.Future;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code POST /api/v2/admin/signing-keys/rotate} */
final class RotateSigningKeysOperation implements Operation {

    private final Bus bus;

    RotateSigningKeysOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "rotateSigningKeys";
    }

    @Override
    public Future<Reply> handle(Call call) {
        RotateKeys question =
                new RotateKeys(call.body().tree().path("compromised").asBoolean());
        return bus.askHere(TokenAddresses.ROTATE, question, call.origin()).map(Reply::ok);
    }
}
