package dev.sextant.identity.token;

import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code GET /.well-known/jwks.json}: what others need to check our tokens. */
final class GetJwksOperation implements Operation {

    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/json", "cache-control", "public, max-age=300");

    private final SigningKeyRing ring;
    private final Supplier<List<String>> furtherKeys;

    /** @param furtherKeys that are published, too: public ones (JWK) */
    GetJwksOperation(SigningKeyRing ring, Supplier<List<String>> furtherKeys) {
        this.ring = ring;
        this.furtherKeys = furtherKeys;
    }

    @Override
    public String operationId() {
        return "getJwks";
    }

    @Override
    public Future<Reply> handle(Call call) {
        JsonObject published = new JsonObject(ring.keys().published());
        furtherKeys.get().forEach(key -> published.getJsonArray("keys").add(new JsonObject(key)));
        Buffer keys = published.toBuffer();
        return Future.succeededFuture(new Reply.Encoded(200, HEADERS, keys));
    }
}
