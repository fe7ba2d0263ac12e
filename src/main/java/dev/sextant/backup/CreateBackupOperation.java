package dev.sextant.backup;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Json;
import io.vertx.core.Future;
import java.util.Map;

/** {@code POST /api/v2/admin/backups} */
record CreateBackupOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "createBackup";
    }

    @Override
    public Future<Reply> handle(Call call) {
        MakeBackup question = Json.read(call.body().tree(), MakeBackup.class);
        return bus.askHere(BackupAddresses.MAKE, question, call.origin())
                .map(report ->
                        new Reply.Value(202, Map.of("location", "/api/v2/operations/" + report.operationId()), report));
    }
}
