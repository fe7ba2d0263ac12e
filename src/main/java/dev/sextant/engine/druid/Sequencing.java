package dev.sextant.engine.druid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns entries into rows, each with the version that its entry has by its place, and drops duplicates on the way. What it
 * reads, remembers and writes is one transaction.
 *
 * <p>It depends on nothing but the entries: whoever does the work again gets the same.
 */
final class Sequencing implements Processor<byte[], byte[], byte[], byte[]> {

    /** Where rows go. */
    static final String EVENTS = "events";

    /** Where orders go. */
    static final String ORDERS = "orders";

    private static final Logger LOG = LoggerFactory.getLogger(Sequencing.class);

    private final Duration window;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable SeenIds seen;

    Sequencing(Duration window) {
        this.window = window;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> begun) {
        context = begun;
        seen = new SeenIds(begun.getStateStore(SeenIds.IDS), begun.getStateStore(SeenIds.DROPPED), window);
    }

    /** Nobody asks for it before it has begun. */
    private ProcessorContext<byte[], byte[]> context() {
        return Objects.requireNonNull(context);
    }

    private SeenIds seen() {
        return Objects.requireNonNull(seen);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long version = context().recordMetadata().orElseThrow().offset() + 1;
        Entry entry;
        try {
            entry = Entry.read(record.value());
        } catch (IOException | RuntimeException e) {
            LOG.error("An entry of the intake topic is not ours; it is passed over, problem[{}]", e.getClass());
            return;
        }
        Out out = new Out(version, record.timestamp());
        if (entry.head().kind() == Entry.Kind.BATCH) {
            batch(entry, out);
        } else {
            order(entry, out);
        }
    }

    private void batch(Entry entry, Out out) {
        Entry.Head head = entry.head();
        Place place = head.place();
        List<Entry.Row> fresh = new ArrayList<>(entry.rows().size());
        for (Entry.Row row : entry.rows()) {
            if (!row.given() || !seen().has(place, row.id(), head.receivedMicros())) {
                fresh.add(row);
                seen().add(place, row.id(), head.receivedMicros(), out.version);
            }
        }
        int dropped = entry.rows().size() - fresh.size();
        if (fresh.isEmpty()) {
            out.event(new Stamp(Stamp.Kind.NOTHING, place, out.version, 0, 0, dropped), null, null);
        }
        for (int i = 0; i < fresh.size(); i++) {
            Entry.Row row = fresh.get(i);
            int left = fresh.size() - 1 - i;
            Stamp stamp = new Stamp(Stamp.Kind.ROW, place, out.version, row.micros(), left, left == 0 ? dropped : 0);
            out.event(stamp, row.at(out.version), null);
        }
    }

    private void order(Entry entry, Out out) {
        Place place = entry.head().place();
        switch (entry.head().kind()) {
            case DEFINE -> out.order("define/" + place.key(), Stamp.Kind.DEFINED, place, entry.order());
            case SHOW -> {
                out.event(new Stamp(Stamp.Kind.SHOWN, place, out.version, 0, 1, 0), shown(entry, out.version), null);
                out.order("define/" + place.key(), Stamp.Kind.DEFINED, place, entry.order());
            }
            case DELETE -> out.order("delete/" + place.key() + out.version, Stamp.Kind.DELETED, place, entry.order());
            case REMOVE -> {
                long ordered = Json.read(Objects.requireNonNull(entry.order()), Removal.class)
                        .ordered();
                out.order("delete/" + place.key() + ordered, Stamp.Kind.REMOVED, place, entry.order());
            }
            case DROP -> {
                seen().drop(place.tenant().value(), out.version);
                out.order("drop/" + place.tenant(), Stamp.Kind.DROPPED, place, null);
            }
            case BATCH -> throw new IllegalStateException("A batch is no order");
        }
    }

    private static byte[] shown(Entry entry, long version) {
        Table table = Json.read(Objects.requireNonNull(entry.order()), Table.class);
        return EventRow.shown(table, entry.head().receivedMicros()).at(version);
    }

    /** What one entry yields. */
    private final class Out {

        private final long version;
        private final long timestamp;

        Out(long version, long timestamp) {
            this.version = version;
            this.timestamp = timestamp;
        }

        void event(Stamp stamp, byte @Nullable [] value, byte @Nullable [] order) {
            forward(null, value, stamp, order, EVENTS);
        }

        /** To those who follow, and to those who will begin later. */
        void order(String key, Stamp.Kind kind, Place place, @Nullable JsonNode order) {
            Stamp stamp = new Stamp(kind, place, version, 0, 0, 0);
            byte[] bytes = order == null ? new byte[0] : order.toString().getBytes(StandardCharsets.UTF_8);
            event(stamp, null, bytes);
            forward(key.getBytes(StandardCharsets.UTF_8), bytes, stamp, null, ORDERS);
        }

        @SuppressWarnings("NullAway") // Kafka's records have neither key nor value where there is none.
        private void forward(
                byte @Nullable [] key, byte @Nullable [] value, Stamp stamp, byte @Nullable [] order, String child) {
            Headers headers = new RecordHeaders().add(Stamp.HEADER, stamp.write());
            if (order != null) {
                headers.add(Stamp.ORDER, order);
            }
            context().forward(new Record<>(key, value, timestamp, headers), child);
        }
    }
}
