package dev.sextant.engine.druid;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of rows and of orders, on a thread of its own, and tells what it reads. A read that was under way when
 * it began is told from its beginning on or not at all.
 */
final class Tail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final long CLOSE_MILLIS = 5_000;

    /** What was read since the last time, and the offset that comes next. */
    record Heard(List<Arrival> arrivals, long position) {}

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition rows;
    private final Thread thread;
    private volatile boolean closed;

    /** @param from the first offset that is read; the earliest there is where that is later */
    Tail(DruidConfig.Kafka config, Topics topics, long from, Consumer<Heard> heard) {
        this.consumer = consumer(config);
        this.rows = new TopicPartition(topics.events(), 0);
        this.thread = Thread.ofPlatform().name("druid-tail").daemon().start(() -> follow(from, heard));
    }

    private static KafkaConsumer<byte[], byte[]> consumer(DruidConfig.Kafka config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrap());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void follow(long from, Consumer<Heard> heard) {
        try (consumer) {
            consumer.assign(List.of(rows));
            consumer.seek(rows, from);
            Arrival.Builder builder = new Arrival.Builder();
            while (!closed) {
                poll(builder, heard);
            }
        } catch (WakeupException | InterruptException _) {
            LOG.debug("The tail of {} ends", rows);
        }
    }

    private void poll(Arrival.Builder builder, Consumer<Heard> heard) {
        try {
            List<Arrival> arrivals = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Arrival arrival = arrival(builder, record);
                if (arrival != null) {
                    arrivals.add(arrival);
                }
            }
            heard.accept(new Heard(arrivals, consumer.position(rows, POLL)));
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("The tail of {} cannot be read now, problem[{}]", rows, e.toString());
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    static @Nullable Arrival arrival(Arrival.Builder builder, ConsumerRecord<byte[], byte[]> record) {
        Header stamp = record.headers().lastHeader(Stamp.HEADER);
        Header order = record.headers().lastHeader(Stamp.ORDER);
        return stamp == null
                ? null
                : builder.add(Stamp.read(stamp.value()), record.offset(), order == null ? null : text(order.value()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads all that the topic of orders holds. Blocks. */
    static List<Arrival> orders(DruidConfig.Kafka config, Topics topics) {
        TopicPartition orders = new TopicPartition(topics.orders(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
            consumer.assign(List.of(orders));
            long end = consumer.endOffsets(List.of(orders)).getOrDefault(orders, 0L);
            consumer.seekToBeginning(List.of(orders));
            List<Arrival> arrivals = new ArrayList<>();
            while (consumer.position(orders) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Header stamp = record.headers().lastHeader(Stamp.HEADER);
                    if (stamp != null) {
                        arrivals.add(new Arrival(
                                Stamp.read(stamp.value()), record.offset(), Map.of(), 0, 0, text(record.value())));
                    }
                }
            }
            return arrivals;
        }
    }

    /** The record of a topic that stands at an offset or, where none does, comes next; empty at the end of the topic. Blocks. */
    static Optional<ConsumerRecord<byte[], byte[]>> first(DruidConfig.Kafka config, String topic, long offset) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.seek(partition, Math.min(offset, end));
            while (consumer.position(partition) < end) {
                List<ConsumerRecord<byte[], byte[]>> records =
                        consumer.poll(POLL).records(partition);
                if (!records.isEmpty()) {
                    return Optional.of(records.getFirst());
                }
            }
            return Optional.empty();
        }
    }

    /** Blocks until it has ended. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
