package dev.sextant.identity.user;

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

/** {@code GET /api/v2/users} */
final class ListUsersOperation implements Operation {

    private final Bus bus;

    ListUsersOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "listUsers";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Params params = call.params();
        Optional<Cursor> cursor = params.find("cursor", String.class).map(Cursor::parse);
        ListUsers question = new ListUsers(
                Math.toIntExact(params.number("limit")),
                cursor.map(Cursor::id).orElse(null),
                params.find("email", String.class).map(Emails::canonical).orElse(null));
        return bus.askHere(UserAddresses.LIST, question, call.origin())
                .map(page -> new Reply.Value(
                        200, NextLink.headers(params, List.of("tenant_id", "limit", "email"), page.nextCursor()), page));
    }
}
