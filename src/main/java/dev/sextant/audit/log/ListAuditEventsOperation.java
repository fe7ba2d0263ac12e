package dev.sextant.audit.log;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.NextLink;
import dev.sextant.http.Operation;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Cursor;
import dev.sextant.kernel.Instants;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v2/audit/events} */
final class ListAuditEventsOperation implements Operation {

    private static final List<String> KEPT =
            List.of("tenant_id", "limit", "operation", "actor", "resource", "request_id", "status", "from", "to");

    private final Bus bus;

    ListAuditEventsOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "listAuditEvents";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Params params = call.params();
        return bus.askHere(LogAddresses.LIST, wish(params), call.origin())
                .map(page -> new Reply.Value(200, NextLink.headers(params, KEPT, page.nextCursor()), page));
    }

    private static ListAuditEvents wish(Params params) {
        Instant from = time(params, "from");
        Instant to = time(params, "to");
        if (from != null && to != null && from.isAfter(to)) {
            String detail = "must not be later than 'to': there is nothing between them";
            throw new ProblemException(
                    new Problem.InvalidRequest(List.of(Violation.of("from", "out_of_range", detail)), detail));
        }
        return new ListAuditEvents(
                Math.toIntExact(params.number("limit")),
                params.find("cursor", String.class)
                        .map(ListAuditEventsOperation::below)
                        .orElse(null),
                text(params, "operation"),
                text(params, "actor"),
                text(params, "resource"),
                text(params, "request_id"),
                params.find("status", Long.class).orElse(null),
                from,
                to);
    }

    private static Long below(String cursor) {
        try {
            return Long.valueOf(Cursor.parse(cursor).id());
        } catch (NumberFormatException _) {
            throw Cursor.refused();
        }
    }

    private static @Nullable String text(Params params, String name) {
        return params.find(name, String.class).orElse(null);
    }

    private static @Nullable Instant time(Params params, String name) {
        return params.find(name, String.class).map(Instants::parse).orElse(null);
    }
}
