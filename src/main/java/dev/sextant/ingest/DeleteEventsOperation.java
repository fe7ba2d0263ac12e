package dev.sextant.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/datasets/{name}/delete} */
record DeleteEventsOperation(Bus bus) implements Operation {

    private record Meant(
            @Nullable JsonNode filter, @Nullable JsonNode timeRange) {}

    @Override
    public String operationId() {
        return "deleteEvents";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Meant meant = call.body().as(Meant.class);
        DeleteEvents question = new DeleteEvents(call.params().text("name"), meant.filter(), meant.timeRange());
        return bus.askHere(IngestAddresses.DELETE, question, call.origin())
                .map(receipt -> new Reply.Value(200, Map.of(), receipt));
    }
}
