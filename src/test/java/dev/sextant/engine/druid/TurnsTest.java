package dev.sextant.engine.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final int RUNNING_MAX = 32;
    private static final int LEAST = 4;

    private final Vertx vertx = Vertx.vertx();
    private final Turns turns = new Turns(vertx, limits());
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private static DruidConfig.Queries limits() {
        return new DruidConfig.Queries(
                RUNNING_MAX, RUNNING_MAX - 1, 10_000, 1_000, Duration.ofSeconds(60), 1, 1000, "");
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    /** Two tenants, since one has never all turns. */
    private int mostAtOnce(int count, Turns.Work<Long> work) {
        most.set(0);
        List<Future<Long>> all = IntStream.range(0, count)
                .mapToObj(i -> turns.run(
                        new TenantId(i % 2 == 0 ? "ten_a" : "ten_b"),
                        Deadline.in(Duration.ofMinutes(1)),
                        new RunHandle(),
                        queueNanos -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            return work.run(queueNanos).onComplete(_ -> running.decrementAndGet());
                        }))
                .toList();
        Future.join(all).otherwiseEmpty().await();
        return most.get();
    }

    private Future<Long> answeredIn(long millis) {
        return vertx.timer(millis).map(_ -> millis);
    }

    private Future<Long> lateAfter(long millis) {
        return vertx.timer(millis).compose(_ -> ProblemException.failed(DruidFailure.late()));
    }

    private Future<Long> refused() {
        return ProblemException.failed(new Problem.Unavailable("druid", "It is away."));
    }

    @Test
    void asksMoreAtOnceWhileAnswersComeAsSoonAsBefore() {
        assertThat(mostAtOnce(1_000, _ -> answeredIn(2))).isGreaterThan(LEAST);
    }

    @Test
    void asksLessAtOnceWhenNobodyIsAnsweredInTime() {
        int before = mostAtOnce(2_000, _ -> answeredIn(2));
        mostAtOnce(300, _ -> lateAfter(100));

        assertThat(mostAtOnce(before, _ -> answeredIn(100))).isLessThan(before);
    }

    @Test
    void learnsNothingFromWhoIsRefused() {
        mostAtOnce(1_000, _ -> answeredIn(20));
        int before = mostAtOnce(100, _ -> answeredIn(20));

        mostAtOnce(1_000, _ -> refused());

        assertThat(mostAtOnce(100, _ -> answeredIn(20))).isGreaterThanOrEqualTo(before - 1);
    }
}
