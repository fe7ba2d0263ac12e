package dev.sextant.engine.druid;

import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestStack;
import dev.sextant.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node takes while Kafka is away, and where it goes when Kafka is there. */
@Tag("druid")
class SpoolingIntakeIT {

    private static final int MEBIBYTE = 1 << 20;
    private static final String NOBODY = "localhost:1";

    private final Topics topics = Topics.of(Stack.datasource("spool"));

    @TempDir
    Path folder;

    private DruidConfig config(String kafka, long spoolBytesMax) {
        DruidConfig.Kafka settings = new DruidConfig.Kafka(
                kafka,
                1,
                Duration.ofSeconds(2),
                Duration.ofMillis(200),
                MEBIBYTE,
                MEBIBYTE,
                Duration.ofDays(1),
                spoolBytesMax);
        DruidConfig base = DruidConfig.DEFAULT;
        return new DruidConfig(
                folder, settings, base.servers(), base.datasources(), base.queries(), base.freshness(), base.dedupe());
    }

    private Letter letter(int number) {
        return new Letter(topics.intake(), new byte[] {1}, ("batch " + number).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsBatchesWhileKafkaIsAwayAndHandsThemOnInOrder() {
        try (SpoolingIntake intake = SpoolingIntake.open(config(NOBODY, MEBIBYTE))) {
            for (int i = 0; i < 100; i++) {
                assertThat(await(intake.append(letter(i)))).isZero();
            }
            assertThat(problem(intake.write(letter(-1)))).isInstanceOf(Problem.Unavailable.class); // an order
            assertThat(intake.isSpooling()).isTrue();
        }
        makeTopics();

        try (SpoolingIntake intake = SpoolingIntake.open(config(TestStack.kafka(), MEBIBYTE))) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !intake.isSpooling());

            assertThat(await(intake.append(letter(100)))).isEqualTo(101);
        }
        assertThat(inKafka(101))
                .isEqualTo(IntStream.rangeClosed(0, 100)
                        .mapToObj(i -> "batch " + i)
                        .toList());
    }

    @Test
    void refusesWhatItHasNoRoomFor() {
        try (SpoolingIntake intake = SpoolingIntake.open(config(NOBODY, 60))) {
            assertThat(await(intake.append(letter(0)))).isZero();

            assertThat(problem(intake.append(letter(1)))).isInstanceOf(Problem.Unavailable.class);
            assertThat(intake.spooledBytes()).isBetween(1L, 60L);
        }
    }

    /** Kafka may not know yet what it has made. */
    private void makeTopics() {
        TopicSetup setup = new TopicSetup(config(TestStack.kafka(), MEBIBYTE).kafka());
        Awaitility.await().ignoreException(IllegalStateException.class).until(() -> {
            setup.make(topics);
            return true;
        });
    }

    private List<String> inKafka(int count) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestStack.kafka(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topics.intake(), 0)));
            List<String> values = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
            return values;
        }
    }
}
