package dev.sextant.datasets;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Asks for a new dataset. The model is as the caller sent it, unread. */
public record CreateDataset(
        String name,
        @Nullable String description,
        JsonNode model,
        @JsonProperty("default") boolean isDefault) {}
