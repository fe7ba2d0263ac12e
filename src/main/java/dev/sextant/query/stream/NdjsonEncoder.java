package dev.sextant.query.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Json;
import dev.sextant.query.cache.JsonValues;
import dev.sextant.query.model.ColumnInfo;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes each row as an object on a line of its own, and a last line {@code {"meta":{…}}}. A whole number that a double
 * does not tell from its neighbours is a string.
 */
record NdjsonEncoder(List<ColumnInfo> columns, StreamMeta meta) implements RowEncoder {

    @Override
    public Buffer head() {
        return Buffer.buffer();
    }

    @Override
    public Buffer rows(List<List<@Nullable Object>> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows.size() * columns.size() * 16);
        try {
            for (List<@Nullable Object> row : rows) {
                try (JsonGenerator json = Json.generator(bytes)) {
                    writeRow(json, row);
                }
                bytes.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private void writeRow(JsonGenerator json, List<@Nullable Object> row) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < columns.size(); i++) {
            json.writeFieldName(columns.get(i).name());
            Object value = row.get(i);
            FieldType type = columns.get(i).type();
            JsonValues.write(json, value, JsonValues.isBeyondDouble(value) ? FieldType.DECIMAL : shown(type));
        }
        json.writeEndObject();
    }

    /** An exact sum is a number like any other. */
    private static FieldType shown(FieldType type) {
        return type == FieldType.DECIMAL ? FieldType.LONG : type;
    }

    @Override
    public Buffer tail() {
        return Buffer.buffer("{\"meta\":").appendBytes(Json.write(meta)).appendString("}\n");
    }
}
