package dev.sextant.engine.druid;

import dev.sextant.kernel.Json;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deletions up again that were carried out after what Druid has kept: where it was brought back from a backup, it has
 * the events of before. Where it was not, nothing is found of them, and they are soon done again.
 *
 * <p>What they mean is no longer among the orders; it stands in the intake topic, for as long as that is retained.
 */
final class Relapse {

    private static final Logger LOG = LoggerFactory.getLogger(Relapse.class);

    private final String datasource;
    private final Datasource.Means means;
    private final Topics topics;

    Relapse(String datasource, Datasource.Means means) {
        this.datasource = datasource;
        this.means = means;
        this.topics = Topics.of(datasource);
    }

    /**
     * Orders it for all nodes. Blocks until it is known what is to be ordered.
     *
     * @param kept the offset of the topic of rows up to which all is in segments for good
     * @return the orders, in force
     */
    Future<List<Arrival>> takeUpAgain(long kept) {
        long keptVersion = Tail.first(means.config().kafka(), topics.events(), kept)
                .map(Relapse::version)
                .orElse(Long.MAX_VALUE);
        List<Future<Arrival>> orders = Tail.orders(means.config().kafka(), topics).stream()
                .filter(order -> order.version() >= keptVersion)
                .flatMap(order -> begunAgain(order).map(again -> ordered(order.place(), again)).stream())
                .toList();
        if (!orders.isEmpty()) {
            LOG.info(
                    "Datasource {}: {} deletions were carried out since Druid kept rows last; they are gone through again",
                    datasource,
                    orders.size());
        }
        return Future.all(orders).map(_ -> orders.stream().map(Future::result).toList());
    }

    private static long version(ConsumerRecord<byte[], byte[]> record) {
        return Stamp.read(record.headers().lastHeader(Stamp.HEADER).value()).version();
    }

    /** Empty where the order does not say that a deletion is done. */
    private Optional<Removal> begunAgain(Arrival order) {
        Removal done = order.stamp().kind() == Stamp.Kind.REMOVED ? order.order(Removal.class) : null;
        if (done == null || done.deletion().stage() != Deletion.Stage.DONE) {
            return Optional.empty();
        }
        Optional<Deletion> meant = meant(done.ordered());
        if (meant.isEmpty()) {
            LOG.error(
                    "Datasource {}: what deletion {} meant is not in Kafka any more; if Druid was brought back from a backup"
                            + " of before it, it is to be deleted again",
                    datasource,
                    done.ordered());
        }
        return meant.map(deletion -> new Removal(done.ordered(), deletion.begun()));
    }

    /** A version is a place in the intake topic. */
    private Optional<Deletion> meant(long version) {
        return Tail.first(means.config().kafka(), topics.intake(), version - 1)
                .filter(record -> record.offset() == version - 1)
                .map(record -> deletion(record.value()));
    }

    private static Deletion deletion(byte[] entry) {
        try {
            return Json.read(Objects.requireNonNull(Entry.read(entry).order()), Deletion.class);
        } catch (IOException e) {
            throw new IllegalStateException("An order that was carried out cannot be read", e);
        }
    }

    private Future<Arrival> ordered(Place place, Removal removal) {
        Entry entry =
                Entry.order(Entry.Kind.REMOVE, place, Micros.of(means.clock().instant()), removal);
        String text = new String(Json.write(removal), StandardCharsets.UTF_8);
        return means.intake()
                .write(Letter.of(topics.intake(), entry))
                .map(version ->
                        new Arrival(new Stamp(Stamp.Kind.REMOVED, place, version, 0, 0, 0), 0, Map.of(), 0, 0, text));
    }
}
