package dev.sextant.audit.log;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.Map;

/** {@code POST /api/v2/audit/export} */
final class ExportAuditOperation implements Operation {

    private static final Map<String, String> HEADERS = Map.of("content-type", "application/x-ndjson");

    private final Bus bus;

    ExportAuditOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "exportAudit";
    }

    @Override
    public Future<Reply> handle(Call call) {
        return bus.askHere(LogAddresses.EXPORT, new ExportLog(), call.origin())
                .map(file -> new Reply.Stream(200, HEADERS, file.bytes()));
    }
}
