package dev.sextant.analytics.saved;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * A query that is kept.
 *
 * @param query its body, as it was sent
 * @param parameters what it leaves open
 * @param version grows with each change, from 1
 * @param createdBy the key or user
 */
record SavedQuery(
        String id,
        String name,
        String description,
        JsonNode query,
        List<Parameter> parameters,
        int version,
        String createdBy,
        Instant createdAt,
        Instant updatedAt) {
    SavedQuery {
        parameters = List.copyOf(parameters);
    }
}
