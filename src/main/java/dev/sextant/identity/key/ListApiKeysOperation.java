package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.NextLink;
import dev.sextant.http.Operation;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Cursor;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** {@code GET /api/v2/api-keys} */
final class ListApiKeysOperation implements Operation {

    private final Bus bus;

    ListApiKeysOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "listApiKeys";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Params params = call.params();
        Optional<Cursor> cursor = params.find("cursor", String.class).map(Cursor::parse);
        ListKeys question = new ListKeys(
                Math.toIntExact(params.number("limit")), cursor.map(Cursor::id).orElse(null));
        return bus.askHere(KeyAddresses.LIST, question, call.origin())
                .map(page -> new Reply.Value(
                        200, NextLink.headers(params, List.of("tenant_id", "limit"), page.nextCursor()), page));
    }
}
