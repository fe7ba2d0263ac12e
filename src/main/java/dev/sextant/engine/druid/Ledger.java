package dev.sextant.engine.druid;

import dev.sextant.engine.Chunk;
import dev.sextant.engine.Chunks;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.DatasetState;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How far the datasets of a datasource are that somebody on this node has asked for: read from Druid once, and brought
 * forward by what becomes visible. For one thread.
 */
final class Ledger {

    private final InstantSource clock;
    private final CommitListener listener;
    private final BiFunction<Place, Long, Future<DatasetState>> read;
    private final Map<Place, Dataset> placeToDataset = new HashMap<>();

    /** One dataset; what becomes visible while its state is read waits for it. */
    private static final class Dataset {

        private final long begunAt;
        private final Future<DatasetState> read;
        private final List<Arrival> meanwhile = new ArrayList<>();
        private @Nullable DatasetState state;

        Dataset(long begunAt, Future<DatasetState> read) {
            this.begunAt = begunAt;
            this.read = read;
        }
    }

    /** @param read asks Druid for the state of a dataset as it is in a version */
    Ledger(InstantSource clock, CommitListener listener, BiFunction<Place, Long, Future<DatasetState>> read) {
        this.clock = clock;
        this.listener = listener;
        this.read = read;
    }

    /** @param visible the datasource's version that is visible */
    Future<DatasetState> state(Place place, long visible) {
        Dataset known = placeToDataset.get(place);
        if (known != null) {
            return known.state != null ? Future.succeededFuture(known.state) : begun(known);
        }
        Dataset dataset = new Dataset(visible, read.apply(place, visible));
        placeToDataset.put(place, dataset);
        dataset.read.onComplete(answer -> {
            if (answer.failed()) {
                placeToDataset.remove(place, dataset);
            } else {
                DatasetState state = answer.result();
                for (Arrival arrival : dataset.meanwhile) {
                    state = told(arrival, state);
                }
                dataset.state = state;
                dataset.meanwhile.clear();
            }
        });
        return begun(dataset);
    }

    private static Future<DatasetState> begun(Dataset dataset) {
        return dataset.read.map(first -> dataset.state == null ? first : dataset.state);
    }

    /** What has become visible, in its turn. */
    void take(Arrival arrival) {
        if (arrival.stamp().kind() == Stamp.Kind.DROPPED) {
            placeToDataset
                    .keySet()
                    .removeIf(place -> place.tenant().equals(arrival.place().tenant()));
            return;
        }
        Dataset dataset = placeToDataset.get(arrival.place());
        if (dataset == null || arrival.version() <= dataset.begunAt) {
            return;
        }
        DatasetState last = dataset.state;
        if (last == null) {
            dataset.meanwhile.add(arrival);
        } else {
            dataset.state = told(arrival, last);
        }
    }

    private DatasetState told(Arrival arrival, DatasetState last) {
        Instant now = clock.instant();
        DatasetState next = switch (arrival.stamp().kind()) {
            case ROW -> withRows(arrival, last, now);
            case DELETED -> without(arrival, last, now);
            case NOTHING, SHOWN, DEFINED, REMOVED, DROPPED -> last;
        };
        if (!next.equals(last)) {
            listener.committed(arrival.place().tenant(), arrival.place().dataset(), next);
        }
        return next;
    }

    private static DatasetState withRows(Arrival arrival, DatasetState last, Instant now) {
        Instant latest = Micros.toInstant(arrival.latestMicros());
        Instant watermark = last.watermark();
        Chunks chunks = last.chunks().with(arrival.chunkToRows(now), arrival.version());
        return new DatasetState(
                arrival.version(),
                last.rows() + arrival.rows(),
                watermark == null || latest.isAfter(watermark) ? latest : watermark,
                now,
                chunks.isLong() ? chunks.folded(now) : chunks);
    }

    private static DatasetState without(Arrival arrival, DatasetState last, Instant now) {
        Deletion deletion = arrival.order(Deletion.class);
        if (deletion == null) {
            return last;
        }
        Map<Chunk, Long> chunkToRows = new HashMap<>(last.chunks().losing(deletion.hourToRows()));
        last.chunks().forEach((chunk, content) -> {
            if (content.version() > deletion.counted()) {
                chunkToRows.putIfAbsent(chunk, 0L);
            }
        });
        if (chunkToRows.isEmpty()) {
            return last;
        }
        return new DatasetState(
                arrival.version(),
                Math.max(0, last.rows() - deletion.rows()),
                last.watermark(),
                now,
                last.chunks().with(chunkToRows, arrival.version()));
    }
}
