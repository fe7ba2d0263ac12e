package dev.sextant.identity.client;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.kernel.Cursor;
import io.vertx.core.Future;
import java.util.List;
import dev.sextant.http.NextLink;
import dev.sextant.http.Operation;
import java.util.Optional;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;

/** {@code GET /api/v2/oauth/clients} */
final class ListOauthClientsOperation implements Operation {

    private final Bus bus;

    ListOauthClientsOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "listOauthClients";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Params params = call.params();
        Optional<Cursor> cursor = params.find("cursor", String.class).map(Cursor::parse);
        ListClients question = new ListClients(
                Math.toIntExact(params.number("limit")), cursor.map(Cursor::id).orElse(null));
        return bus.askHere(ClientAddresses.LIST, question, call.origin())
                .map(page -> new Reply.Value(
                        200, NextLink.headers(params, List.of("tenant_id", "limit"), page.nextCursor()), page));
    }
}
