package dev.sextant.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Asks which model would fit these events. */
record InferModel(List<JsonNode> events) {
    InferModel {
        events = List.copyOf(events);
    }
}
