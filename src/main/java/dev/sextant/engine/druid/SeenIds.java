package dev.sextant.engine.druid;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** The ids of the events of the dedupe window, and for each tenant that was dropped, since when its ids count. */
final class SeenIds {

    static final String IDS = "ids";
    static final String DROPPED = "dropped";

    /** Kept for this much longer than the window, as clocks of nodes differ. */
    private static final Duration SLACK = Duration.ofHours(1);

    private static final Duration SLOT = Duration.ofMillis(1);

    private final WindowStore<String, byte[]> ids;
    private final KeyValueStore<String, Long> dropped;
    private final long windowMicros;

    SeenIds(WindowStore<String, byte[]> ids, KeyValueStore<String, Long> dropped, Duration window) {
        this.ids = ids;
        this.dropped = dropped;
        this.windowMicros = window.toNanos() / 1000;
    }

    static StoreBuilder<WindowStore<String, byte[]>> idStore(Duration window) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(IDS, window.plus(SLACK), SLOT, false),
                Serdes.String(),
                Serdes.ByteArray());
    }

    static StoreBuilder<KeyValueStore<String, Long>> droppedStore() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(DROPPED), Serdes.String(), Serdes.Long());
    }

    /** Whether it was taken within the window before this moment. */
    boolean has(Place place, String id, long receivedMicros) {
        Long since = dropped.get(place.tenant().value());
        long versionMin = since == null ? 0 : since;
        long oldest = receivedMicros - windowMicros;
        long from = Math.max(0, Micros.toMillis(oldest));
        long to = Math.max(0, Micros.toMillis(receivedMicros + windowMicros));
        try (WindowStoreIterator<byte[]> found = ids.fetch(place.key() + id, from, to)) {
            while (found.hasNext()) {
                KeyValue<Long, byte[]> entry = found.next();
                ByteBuffer taken = ByteBuffer.wrap(entry.value);
                if (taken.getLong() > oldest && taken.getLong() > versionMin) {
                    return true;
                }
            }
            return false;
        }
    }

    void add(Place place, String id, long receivedMicros, long version) {
        byte[] taken = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(receivedMicros)
                .putLong(version)
                .array();
        ids.put(place.key() + id, taken, Math.max(0, Micros.toMillis(receivedMicros)));
    }

    /** Ids of earlier versions count no more. */
    void drop(String tenant, long version) {
        dropped.put(tenant, version);
    }
}
