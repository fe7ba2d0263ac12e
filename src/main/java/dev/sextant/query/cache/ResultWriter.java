package dev.sextant.query.cache;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Json;
import dev.sextant.query.model.ErrorBound;
import dev.sextant.query.model.Subtotals;
import dev.sextant.query.model.TimeRange.Between;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes an answer as JSON, all but its last brace. Pure. */
public final class ResultWriter {

    private static final String DIGEST_END = ":\"";
    private static final int DIGEST_CHARACTERS = 44;

    private ResultWriter() {}

    /**
     * The members of the result, then {@code digest}: the SHA-256 of all that stands before it, closed by a brace
     * (RFC 9530 writes it so).
     */
    public static Buffer write(ResultTable table, String plan, List<ErrorBound> errors) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            json.writeStringField("data_version", "dv_" + table.state().dataVersion());
            writeRange(json, "time_range", table.range());
            if (table.compared() != null) {
                writeRange(json, "compared_range", table.compared());
            }
            ShownColumns shown = ShownColumns.of(table);
            shown.write(json);
            json.writeArrayFieldStart("rows");
            for (List<@Nullable Object> row : table.rows()) {
                shown.writeRow(json, row);
            }
            json.writeEndArray();
            if (table.subtotals() != null) {
                writeSubtotals(json, table.subtotals(), shown);
            }
            writeTotals(json, table, shown.types());
            json.writeBooleanField("has_more", table.nextCursor() != null);
            json.writeStringField("next_cursor", table.nextCursor());
            json.writeBooleanField("exact", table.exact());
            writeErrors(json, errors);
            if (table.navigate() != null) {
                json.writeFieldName("navigate");
                json.writeRawValue(table.navigate().toString());
            }
            json.writeStringField("plan", plan);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        byte[] whole = bytes.toByteArray();
        return Buffer.buffer(whole.length + 64)
                .appendBytes(whole, 0, whole.length - 1)
                .appendString(",\"digest\":\"sha-256=:" + digest(whole) + DIGEST_END);
    }

    private static void writeRange(JsonGenerator json, String name, @Nullable Between range) throws IOException {
        if (range == null) {
            json.writeNullField(name);
        } else {
            json.writeObjectFieldStart(name);
            json.writeStringField("from", JsonValues.text(range.from()));
            json.writeStringField("to", JsonValues.text(range.to()));
            json.writeEndObject();
        }
    }

    private static void writeSubtotals(JsonGenerator json, List<Subtotals> levels, ShownColumns shown)
            throws IOException {
        json.writeArrayFieldStart("subtotals");
        for (Subtotals level : levels) {
            json.writeStartObject();
            json.writeArrayFieldStart("level");
            for (int place : level.columns().subList(0, level.keys())) {
                json.writeString(shown.columns().get(place).name());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("rows");
            for (List<@Nullable Object> row : level.rows()) {
                shown.writeRow(json, row, level.columns());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeTotals(JsonGenerator json, ResultTable table, List<FieldType> types) throws IOException {
        List<@Nullable Object> totals = table.totals();
        if (totals == null) {
            return;
        }
        int firstMeasure = table.columns().size() - totals.size();
        json.writeObjectFieldStart("totals");
        for (int i = 0; i < totals.size(); i++) {
            json.writeFieldName(table.columns().get(firstMeasure + i).name());
            JsonValues.write(json, totals.get(i), types.get(firstMeasure + i));
        }
        json.writeEndObject();
    }

    private static void writeErrors(JsonGenerator json, List<ErrorBound> errors) throws IOException {
        if (errors.isEmpty()) {
            json.writeNullField("error_bound");
            return;
        }
        json.writeArrayFieldStart("error_bound");
        for (ErrorBound error : errors) {
            json.writeStartObject();
            json.writeStringField("column", error.column());
            json.writeStringField("kind", error.kind().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("value", error.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The digest that {@link #write} has put in. */
    static String digestOf(Buffer json) {
        int end = json.length() - DIGEST_END.length();
        return json.getString(end - DIGEST_CHARACTERS, end);
    }

    /** SHA-256 of the text. */
    static String digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** A weak ETag of a key: what has the same key is the same answer. */
    public static String etag(ResultKey key) {
        return "W/\"" + digest(key.text()).substring(0, 22) + "\"";
    }
}
