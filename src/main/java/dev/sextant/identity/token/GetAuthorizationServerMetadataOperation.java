package dev.sextant.identity.token;

import dev.sextant.http.Call;
import io.vertx.core.Future;
import java.util.Map;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;

/** {@code GET /.well-known/oauth-authorization-server} */
final class GetAuthorizationServerMetadataOperation implements Operation {

    private final Issuer issuer;

    GetAuthorizationServerMetadataOperation(Issuer issuer) {
        this.issuer = issuer;
    }

    @Override
    public String operationId() {
        return "getAuthorizationServerMetadata";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Map<String, String> headers = Map.of("cache-control", "public, max-age=300");
        return Future.succeededFuture(
                new Reply.Value(200, headers, AuthorizationServerMetadata.of(issuer.url())));
    }
}
