package dev.sextant.edge;

import dev.sextant.http.Call;
import dev.sextant.http.ContentPolicy;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** {@code GET /docs}: the page that shows the contract, with a nonce of its own each time. */
final class GetDocsOperation implements Operation {

    private static final String NONCE = "{nonce}";

    private final String page;

    GetDocsOperation(Buffer page) {
        this.page = page.toString(StandardCharsets.UTF_8);
    }

    @Override
    public String operationId() {
        return "getDocs";
    }

    @Override
    public Future<Reply> handle(Call call) {
        String nonce = ContentPolicy.nonce();
        return Future.succeededFuture(
                new Reply.Encoded(200, ContentPolicy.page(nonce), Buffer.buffer(page.replace(NONCE, nonce))));
    }
}
