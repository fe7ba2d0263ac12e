package dev.sextant.identity.ticket;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.Map;

/** {@code POST /api/v2/auth/ws-ticket} */
final class IssueTicketOperation implements Operation {

    private final Bus bus;

    IssueTicketOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "issueTicket";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(TicketAddresses.ISSUE, new IssueTicket(), call.origin())
                .map(issued -> new Reply.Value(200, Map.of("cache-control", "no-store"), issued));
    }
}
