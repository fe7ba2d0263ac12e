package dev.sextant.analytics.saved;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller says of a saved query. */
record SavedText(
        String name,
        @Nullable String description,
        JsonNode query,
        @Nullable List<Parameter> parameters) {

    String descriptionOrNone() {
        return description == null ? "" : description;
    }

    List<Parameter> parametersOrNone() {
        return parameters == null ? List.of() : List.copyOf(parameters);
    }
}
