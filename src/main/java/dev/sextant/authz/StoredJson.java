package dev.sextant.authz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads JSON as PostgreSQL tells it. */
final class StoredJson {

    private StoredJson() {}

    static JsonNode tree(String text) {
        try {
            return Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("What is stored is not JSON", e);
        }
    }
}
