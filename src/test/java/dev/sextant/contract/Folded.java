package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a client has who folds the frames of one subscription: rows by key, as text. */
final class Folded {

    private final Map<String, String> keyToRow = new HashMap<>();
    private int keyLength;
    private long offset;
    private String epoch = "";

    /** Takes a frame; whatever is neither a snapshot nor a delta changes nothing. */
    void take(JsonObject frame) {
        switch (frame.getString("op")) {
            case "snapshot" -> begin(frame);
            case "delta" -> goOn(frame);
            default -> {}
        }
    }

    private void begin(JsonObject snapshot) {
        keyToRow.clear();
        epoch = snapshot.getString("epoch");
        offset = snapshot.getLong("offset");
        keyLength = (int) snapshot.getJsonArray("columns").stream()
                .filter(column -> ((JsonObject) column).getString("role").equals("dimension"))
                .count();
        snapshot.getJsonArray("rows").forEach(row -> put((JsonArray) row));
    }

    private void goOn(JsonObject delta) {
        assertThat(delta.getLong("offset")).isGreaterThan(offset);
        offset = delta.getLong("offset");
        delta.getJsonArray("delete").forEach(key -> keyToRow.remove(((JsonArray) key).encode()));
        delta.getJsonArray("upsert").forEach(row -> put((JsonArray) row));
    }

    private void put(JsonArray row) {
        JsonArray key = new JsonArray();
        row.stream().limit(keyLength).forEach(key::add);
        keyToRow.put(key.encode(), row.encode());
    }

    Set<String> rows() {
        return new HashSet<>(keyToRow.values());
    }

    String epoch() {
        return epoch;
    }

    long offset() {
        return offset;
    }
}
