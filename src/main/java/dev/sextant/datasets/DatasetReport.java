package dev.sextant.datasets;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.DatasetState;
import dev.sextant.query.model.Sight;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as callers see it: the declaration, and how far the data is.
 *
 * @param rows null where some are kept back from the caller
 */
public record DatasetReport(
        String name,
        String description,
        @JsonProperty("default") boolean isDefault,
        JsonNode model,
        int version,
        String dataVersion,
        @Nullable Long rows,
        @Nullable Instant watermark,
        Instant createdAt,
        Instant updatedAt) {

    /** How many there are is nothing for whoever sees a part of them. */
    private static boolean hidesRows(Dataset dataset) {
        Sight sight = dataset.model().sight();
        return sight != null && sight.rows() != null;
    }

    static DatasetReport of(Dataset dataset, DatasetState state) {
        return new DatasetReport(
                dataset.name(),
                dataset.description(),
                dataset.isDefault(),
                dataset.model().toJson(),
                dataset.version(),
                "dv_" + state.dataVersion(),
                hidesRows(dataset) ? null : state.rows(),
                state.watermark(),
                dataset.createdAt(),
                dataset.updatedAt());
    }
}
