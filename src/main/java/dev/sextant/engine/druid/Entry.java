package dev.sextant.engine.druid;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of an intake topic: a batch, whole, or an order that has its place between batches.
 *
 * <p>It is written as a JSON array: the head, then the rows one by one.
 *
 * @param order what an order says; null in a batch
 * @param rows of a batch
 */
record Entry(Head head, @Nullable JsonNode order, List<Row> rows) {

    /** What it is about. */
    enum Kind {
        /** Events to append. */
        BATCH,
        /** A {@code Table} that is there from now on. */
        DEFINE,
        /** The same, with a row that shows Druid columns which it has not seen. */
        SHOW,
        /** A {@link Deletion}. */
        DELETE,
        /** A {@link Removal}. */
        REMOVE,
        /** All that the tenant has is gone; its ids may come again. */
        DROP
    }

    /** @param dataset empty where the tenant as a whole is meant */
    record Head(Kind kind, String tenant, String dataset, long receivedMicros) {

        Place place() {
            return new Place(new TenantId(tenant), dataset);
        }
    }

    /**
     * An event.
     *
     * @param json the row as Druid reads it, an object that is never empty, but for its version
     */
    record Row(String id, boolean given, long micros, String json) {

        /** Whole. */
        byte[] at(long version) {
            String whole = "{\"%s\":%d,%s".formatted(Table.VERSION, version, json.substring(1));
            return whole.getBytes(StandardCharsets.UTF_8);
        }
    }

    private record Wire(Head head, @Nullable JsonNode order) {}

    static Entry order(Kind kind, Place place, long receivedMicros, Record order) {
        JsonNode tree = tree(Json.write(order));
        return new Entry(new Head(kind, place.tenant().value(), place.dataset(), receivedMicros), tree, List.of());
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + rows.size() * 256);
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartArray();
            json.writeRawValue(new String(Json.write(new Wire(head, order)), StandardCharsets.UTF_8));
            for (Row row : rows) {
                json.writeStartObject();
                json.writeStringField("id", row.id);
                json.writeBooleanField("given", row.given);
                json.writeNumberField("micros", row.micros);
                json.writeStringField("json", row.json);
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException where these are no entry of ours */
    static Entry read(byte[] bytes) throws IOException {
        List<Json.Element> elements = Json.elements(bytes);
        Wire wire = Json.read(elements.getFirst().value(), Wire.class);
        List<Row> rows = elements.stream()
                .skip(1)
                .map(Json.Element::value)
                .map(row -> new Row(
                        row.get("id").textValue(),
                        row.get("given").booleanValue(),
                        row.get("micros").longValue(),
                        row.get("json").textValue()))
                .toList();
        return new Entry(wire.head, wire.order, rows);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return Json.tree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
