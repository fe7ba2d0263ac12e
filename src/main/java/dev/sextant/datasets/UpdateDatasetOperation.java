package dev.sextant.datasets;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /api/v2/datasets/{name}} */
record UpdateDatasetOperation(Bus bus) implements Operation {

    private record Change(
            @Nullable String description,
            @Nullable JsonNode model,
            @JsonProperty("default") @Nullable Boolean isDefault) {}

    @Override
    public String operationId() {
        return "updateDataset";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Change change = call.body().as(Change.class);
        UpdateDataset question = new UpdateDataset(
                call.params().text("name"),
                change.description(),
                change.model(),
                change.isDefault(),
                call.params().find("If-Match", String.class).orElse(null));
        return bus.askHere(DatasetAddresses.UPDATE, question, call.origin())
                .map(report -> new Reply.Value(200, EntityTag.headers(report.version()), report));
    }
}
