package dev.sextant.engine.druid;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes a datasource's topics where they lack. Blocks. */
final class TopicSetup {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DruidConfig.Kafka config;

    TopicSetup(DruidConfig.Kafka config) {
        this.config = config;
    }

    /** @throws IllegalStateException where Kafka does not answer, or a topic is there that is not as ours are */
    void make(Topics topics) throws InterruptedException {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.bootstrap(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis() / 2,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis());
        try (Admin admin = Admin.create(settings)) {
            make(admin, topic(topics.intake(), log()));
            make(admin, topic(topics.events(), log()));
            make(admin, topic(topics.orders(), compacted()));
            check(admin, List.of(topics.intake(), topics.events(), topics.orders()));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not make topics now", e);
        }
    }

    private NewTopic topic(String name, Map<String, String> settings) {
        return new NewTopic(name, 1, (short) config.replication()).configs(settings);
    }

    private Map<String, String> log() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(config.retention().toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(config.batchBytesMax()),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                inSync());
    }

    private Map<String, String> compacted() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(config.batchBytesMax()),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                inSync());
    }

    /** What was answered survives the loss of a broker, where there are enough. */
    private String inSync() {
        return Integer.toString(config.replication() >= 3 ? 2 : 1);
    }

    private static void make(Admin admin, NewTopic topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            admin.createTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static void check(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        boolean allSingle =
                admin
                        .describeTopics(names)
                        .allTopicNames()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .values()
                        .stream()
                        .allMatch(topic -> topic.partitions().size() == 1);
        if (!allSingle) {
            throw new IllegalStateException("A topic of a datasource has more than one partition: " + names);
        }
    }
}
