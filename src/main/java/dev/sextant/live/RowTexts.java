package dev.sextant.live;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.kernel.Json;
import dev.sextant.query.cache.JsonValues;
import dev.sextant.query.cache.ShownColumns;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows, keys and snapshots as the frames hold them. Pure. */
final class RowTexts {

    /** Writes one JSON value. */
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private RowTexts() {}

    /** A row, or a key, which is the first values of one. */
    static String array(ShownColumns columns, List<@Nullable Object> values) {
        return written(json -> columns.writeRow(json, values)).toString(StandardCharsets.UTF_8);
    }

    static String instant(@Nullable Instant instant) {
        return instant == null ? "null" : '"' + JsonValues.text(instant) + '"';
    }

    /** See {@link Start.Snapshot#body}. */
    static Buffer snapshot(String epoch, long offset, ShownColumns columns, Collection<List<@Nullable Object>> rows) {
        byte[] object = written(json -> {
                    json.writeStartObject();
                    json.writeStringField("epoch", epoch);
                    json.writeNumberField("offset", offset);
                    columns.write(json);
                    json.writeArrayFieldStart("rows");
                    for (List<@Nullable Object> row : rows) {
                        columns.writeRow(json, row);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                })
                .toByteArray();
        return Buffer.buffer(object).slice(1, object.length);
    }

    private static ByteArrayOutputStream written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes;
    }
}
