package dev.sextant.identity.token;

import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** {@code GET /.well-known/jwks.json}: what others need to check our tokens. */
final class GetJwksOperation implements Operation {

    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/json", "cache-control", "public, max-age=300");

    private final SigningKeyRing ring;

    GetJwksOperation(SigningKeyRing ring) {
        this.ring = ring;
    }

    @Override
    public String operationId() {
        return "getJwks";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Buffer keys = Buffer.buffer(ring.keys().published());
        return Future.succeededFuture(new Reply.Encoded(200, HEADERS, keys));
    }
}
