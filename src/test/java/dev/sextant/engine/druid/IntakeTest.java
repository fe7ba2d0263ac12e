package dev.sextant.engine.druid;

import static dev.sextant.engine.Events.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.engine.druid.DruidConfig.Kafka;
import dev.sextant.kernel.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of batches while Kafka is away. */
class IntakeTest {

    private static final int MEBIBYTE = 1 << 20;

    /** Nobody listens there. */
    private static final Kafka AWAY = new Kafka(
            "localhost:1", 1, Duration.ofSeconds(2), Duration.ofMillis(100), MEBIBYTE, MEBIBYTE, Duration.ofDays(1), 0);

    private static Letter letter(int bytes) {
        Entry.Head head = new Entry.Head(Entry.Kind.BATCH, "ten_acme", "clicks", 0);
        Entry.Row row = new Entry.Row("a", true, 0, "{\"a\":\"" + "x".repeat(bytes) + "\"}");
        return Letter.of("topic", new Entry(head, null, List.of(row)));
    }

    @Test
    void refusesFurtherBatchesWhileTheOldestWaits() {
        try (Intake intake = new Intake(AWAY)) {
            Future<Long> first = intake.write(letter(10));
            await().atMost(Duration.ofSeconds(2)).until(intake::isAway);

            Future<Long> second = intake.write(letter(10));

            assertThat(second.isComplete()).isTrue();
            assertThat(problem(second)).isInstanceOf(Problem.Unavailable.class);
            assertThat(problem(first)).isInstanceOf(Problem.Unavailable.class);
            assertThat(intake.bytesInFlight()).isPositive(); // it is tried for longer than its sender waits
            await().atMost(Duration.ofSeconds(5)).until(() -> !intake.isAway()); // the next one tries again
            assertThat(intake.bytesInFlight()).isZero();
        }
    }

    @Test
    void takesNoMoreAtOnceThanItMay() {
        try (Intake intake = new Intake(AWAY)) {
            Future<Long> first = intake.write(letter(MEBIBYTE - 1000));

            assertThat(problem(intake.write(letter(1000)))).isInstanceOf(Problem.Overloaded.class);
            assertThat(problem(first)).isInstanceOf(Problem.Unavailable.class);
        }
    }

    @Test
    void refusesABatchThatIsTooLarge() {
        try (Intake intake = new Intake(AWAY)) {
            assertThat(problem(intake.write(letter(MEBIBYTE))))
                    .isInstanceOfSatisfying(
                            Problem.LimitExceeded.class,
                            problem -> assertThat(problem.limit()).isEqualTo("engine.druid.kafka.batch_bytes_max"));
        }
    }

    @Test
    void refusesAllOnceItIsClosed() {
        Intake intake = new Intake(AWAY);
        intake.close();

        assertThat(problem(intake.write(letter(10)))).isInstanceOf(Problem.Unavailable.class);
    }
}
