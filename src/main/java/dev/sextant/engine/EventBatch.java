package dev.sextant.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events to append: valid, and in the order they came.
 *
 * @param table the dataset as these events were checked against it
 */
public record EventBatch(Table table, String batchId, Instant receivedAt, long schemaVersion, List<Event> events) {

    /**
     * One event.
     *
     * @param id the sender's, or one that was made
     * @param givenId whether the sender gave the id, so that a second one is a duplicate
     * @param values one for each of the table's columns, in their order, in the form {@link FieldType} says; null where
     *     the event has none. The array is not copied: nobody changes it
     * @param properties a JSON object with what is not declared; null where there is nothing
     */
    @SuppressWarnings(
            "ArrayRecordComponent") // Rows come by the hundred thousand: compared by nobody, copied by nobody.
    public record Event(
            String id,
            boolean givenId,
            Instant time,
            String source,
            @Nullable Object[] values,
            @Nullable String properties) {}

    public EventBatch {
        events = List.copyOf(events);
    }
}
