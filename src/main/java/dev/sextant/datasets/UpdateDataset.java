package dev.sextant.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a change of a dataset; what is null stays.
 *
 * @param model what is to be added
 * @param isDefault true makes it the default, in the place of another
 * @param ifMatch the ETag of what the caller has seen; null to write over anything
 */
record UpdateDataset(
        String name,
        @Nullable String description,
        @Nullable JsonNode model,
        @Nullable Boolean isDefault,
        @Nullable String ifMatch) {}
