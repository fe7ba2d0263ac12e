package dev.sextant.engine.druid;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an event as the JSON object that Druid reads as a row, but for its version. */
final class EventRow {

    /** Owns the rows that show Druid a column; nobody's id is like it. */
    private static final String NOBODY = "_";

    private final TenantId tenant;
    private final EventBatch batch;
    private final String[] columns;

    /** @param known the dataset's columns, which give each its spelling */
    EventRow(TenantId tenant, EventBatch batch, Table known) {
        this.tenant = tenant;
        this.batch = batch;
        Map<String, Column> spelled =
                known.columns().stream().collect(Collectors.toMap(EventRow::key, column -> column));
        this.columns = batch.table().columns().stream()
                .map(column -> PooledColumns.of(spelled.getOrDefault(key(column), column)))
                .toArray(String[]::new);
    }

    private static String key(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException where a value is not of its column's type */
    Entry.Row of(Event event) {
        long micros = Micros.of(event.time());
        String json = json(out -> {
            system(out, new Line(tenant.value(), batch.table().dataset(), micros, Micros.of(batch.receivedAt())));
            out.writeStringField(Table.EVENT_ID, event.id());
            out.writeStringField(Table.SOURCE, event.source());
            out.writeStringField(Table.BATCH_ID, batch.batchId());
            out.writeNumberField(Table.SCHEMA_VERSION, batch.schemaVersion());
            // never left out: where nobody had any, Druid would take the column for one of texts
            out.writeFieldName(Table.PROPERTIES);
            out.writeRawValue(Objects.requireNonNullElse(event.properties(), PooledColumns.NO_PROPERTIES));
            for (int i = 0; i < columns.length; i++) {
                value(out, columns[i], batch.table().columns().get(i).type(), event.values()[i]);
            }
        });
        return new Entry.Row(event.id(), event.givenId(), micros, json);
    }

    /** A row of nobody's that has something in all columns of the table. */
    static Entry.Row shown(Table table, long micros) {
        String json = json(out -> {
            system(out, new Line(NOBODY, NOBODY, micros, micros));
            out.writeStringField(Table.EVENT_ID, NOBODY);
            out.writeStringField(Table.SOURCE, NOBODY);
            out.writeStringField(Table.BATCH_ID, NOBODY);
            out.writeNumberField(Table.SCHEMA_VERSION, 0);
            out.writeFieldName(Table.PROPERTIES);
            out.writeRawValue(PooledColumns.NO_PROPERTIES);
            for (Column column : table.columns()) {
                value(out, PooledColumns.of(column), column.type(), sample(column.type()));
            }
        });
        return new Entry.Row(NOBODY, false, micros, json);
    }

    private record Line(String tenant, String dataset, long micros, long receivedMicros) {}

    private static void system(JsonGenerator out, Line line) throws IOException {
        out.writeNumberField(PooledColumns.MILLIS, Micros.toMillis(line.micros));
        out.writeNumberField(PooledColumns.MICROS, line.micros);
        out.writeStringField(PooledColumns.TENANT, line.tenant);
        out.writeStringField(PooledColumns.DATASET, line.dataset);
        out.writeNumberField(Table.RECEIVED_AT, line.receivedMicros);
    }

    private static Object sample(FieldType type) {
        return switch (type) {
            case STRING -> "";
            case LONG, DECIMAL -> 0L;
            case DOUBLE -> 0.5;
            case BOOLEAN -> false;
            case TIMESTAMP -> Instant.EPOCH;
            case JSON -> "{\"_\":{}}";
        };
    }

    private static void value(JsonGenerator out, String name, FieldType type, @Nullable Object value)
            throws IOException {
        if (value == null) {
            return;
        }
        out.writeFieldName(name);
        switch (type) {
            case STRING -> out.writeString(cast(String.class, value));
            case LONG, DECIMAL -> out.writeNumber(cast(Long.class, value));
            case DOUBLE -> out.writeNumber(cast(Double.class, value));
            case BOOLEAN -> out.writeNumber(cast(Boolean.class, value) ? 1 : 0);
            case TIMESTAMP -> out.writeNumber(Micros.of(cast(Instant.class, value)));
            case JSON -> out.writeString(cast(String.class, value));
        }
    }

    private static <T> T cast(Class<T> form, Object value) {
        if (!form.isInstance(value)) {
            throw new IllegalArgumentException("A value has a form that its field type does not say");
        }
        return form.cast(value);
    }

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    private static String json(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = Json.generator(bytes)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
