package dev.sextant.analytics.saved;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a caller says of a saved query. */
record SavedText(String name, @Nullable String description, JsonNode query) {

    String descriptionOrNone() {
        return description == null ? "" : description;
    }
}
