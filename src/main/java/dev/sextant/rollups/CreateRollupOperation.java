package dev.sextant.rollups;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/datasets/{name}/rollups} */
record CreateRollupOperation(Bus bus) implements Operation {

    private record Declaration(
            String name,
            String grain,
            @Nullable JsonNode dimensions,
            @Nullable JsonNode measures) {}

    @Override
    public String operationId() {
        return "createRollup";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Declaration declared = call.body().as(Declaration.class);
        CreateRollup question = new CreateRollup(
                call.params().text("name"),
                declared.name(),
                declared.grain(),
                declared.dimensions(),
                declared.measures());
        return bus.askHere(RollupAddresses.CREATE, question, call.origin())
                .map(report -> new Reply.Value(201, Map.of("location", location(question, report)), report));
    }

    private static String location(CreateRollup question, RollupReport report) {
        return "/api/v2/datasets/%s/rollups/%s".formatted(question.dataset(), report.name());
    }
}
