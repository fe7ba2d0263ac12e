package dev.sextant.datasets;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.DatasetState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dataset as callers see it: the declaration, and how far the data is. */
public record DatasetReport(
        String name,
        String description,
        @JsonProperty("default") boolean isDefault,
        JsonNode model,
        int version,
        String dataVersion,
        long rows,
        @Nullable Instant watermark,
        Instant createdAt,
        Instant updatedAt) {

    static DatasetReport of(Dataset dataset, DatasetState state) {
        return new DatasetReport(
                dataset.name(),
                dataset.description(),
                dataset.isDefault(),
                dataset.model().toJson(),
                dataset.version(),
                "dv_" + state.dataVersion(),
                state.rows(),
                state.watermark(),
                dataset.createdAt(),
                dataset.updatedAt());
    }
}
