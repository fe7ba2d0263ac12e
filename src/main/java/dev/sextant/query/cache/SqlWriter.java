package dev.sextant.query.cache;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes what a statement yielded as JSON, all but its last brace. Pure. */
public final class SqlWriter {

    private SqlWriter() {}

    public static Buffer write(SqlTable table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = Json.generator(bytes)) {
            List<FieldType> types = shown(table);
            json.writeStartObject();
            json.writeArrayFieldStart("datasets");
            for (String dataset : table.datasets()) {
                json.writeString(dataset);
            }
            json.writeEndArray();
            json.writeStringField("data_version", table.dataVersion() == null ? null : "dv_" + table.dataVersion());
            writeColumns(json, table, types);
            json.writeArrayFieldStart("rows");
            for (List<@Nullable Object> row : table.rows()) {
                writeRow(json, row, types);
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", table.hasMore());
            json.writeBooleanField("exact", table.exact());
            json.writeStringField("plan", "scan");
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return Buffer.buffer().appendBytes(bytes.toByteArray(), 0, bytes.size() - 1);
    }

    /** An exact sum is a {@code LONG} as any other, unless one in its column is more than a double tells apart. */
    private static List<FieldType> shown(SqlTable table) {
        return IntStream.range(0, table.columns().size())
                .mapToObj(i -> table.rows().stream().anyMatch(row -> JsonValues.isBeyondDouble(row.get(i)))
                        ? FieldType.DECIMAL
                        : asLong(table.columns().get(i).type()))
                .toList();
    }

    private static FieldType asLong(FieldType type) {
        return type == FieldType.DECIMAL ? FieldType.LONG : type;
    }

    private static void writeColumns(JsonGenerator json, SqlTable table, List<FieldType> types) throws IOException {
        json.writeArrayFieldStart("columns");
        for (int i = 0; i < types.size(); i++) {
            json.writeStartObject();
            json.writeStringField("name", table.columns().get(i).name());
            json.writeStringField("type", types.get(i).name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRow(JsonGenerator json, List<@Nullable Object> row, List<FieldType> types)
            throws IOException {
        json.writeStartArray();
        for (int i = 0; i < types.size(); i++) {
            JsonValues.write(json, row.get(i), types.get(i));
        }
        json.writeEndArray();
    }
}
