package dev.sextant.engine.druid;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has {@link Sequencing} done for a datasource, exactly once: of all nodes that have one, one at a time does the work, and
 * another goes on where it ended.
 */
final class Sequencer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

    /** A node that is heard of no more is replaced after this. */
    private static final int SESSION_MILLIS = 6_000;

    private static final int HEARTBEAT_MILLIS = 1_500;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final KafkaStreams streams;

    private Sequencer(KafkaStreams streams) {
        this.streams = streams;
    }

    /** Goes on where the last one ended. The topics are there. */
    static Sequencer start(DruidConfig config, String datasource) {
        KafkaStreams streams = new KafkaStreams(
                topology(Topics.of(datasource), config.dedupe().window()), settings(config, datasource));
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("Sequencing of datasource {} failed; it begins again", datasource, failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.start();
        return new Sequencer(streams);
    }

    static Topology topology(Topics topics, Duration window) {
        return new Topology()
                .addSource("intake", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.intake())
                .addProcessor("sequence", () -> new Sequencing(window), "intake")
                .addStateStore(SeenIds.idStore(window), "sequence")
                .addStateStore(SeenIds.droppedStore(), "sequence")
                .addSink(
                        Sequencing.EVENTS,
                        topics.events(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        "sequence")
                .addSink(
                        Sequencing.ORDERS,
                        topics.orders(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        "sequence");
    }

    private static Properties settings(DruidConfig config, String datasource) {
        Path folder = config.folder().resolve("sequence");
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "sextant-" + datasource);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrap());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                config.freshness().settle().toMillis());
        settings.put(StreamsConfig.POLL_MS_CONFIG, config.freshness().settle().toMillis());
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.kafka().replication());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MILLIS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG), 30_000);
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                config.kafka().batchBytesMax());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // what is written is sent at each commit, and by many until then
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 100);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
        // a transaction that begins right after another is told to wait; the usual pause is longer than both
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 10);
        settings.put(
                StreamsConfig.topicPrefix("max.message.bytes"), config.kafka().batchBytesMax());
        return settings;
    }

    /** Whether it does its work, or waits for its turn to. */
    boolean isWell() {
        return streams.state().isRunningOrRebalancing();
    }

    /** Whether it is its turn. */
    boolean isAtWork() {
        return streams.metadataForLocalThreads().stream()
                .anyMatch(thread -> !thread.activeTasks().isEmpty());
    }

    /** Leaves at once, so that another goes on. Blocks. */
    @Override
    public void close() {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_PATIENCE));
    }
}
