package dev.sextant.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FlightsTest {

    private final Flights<String, Integer> flights = new Flights<>();
    private final AtomicInteger started = new AtomicInteger();

    @Test
    void worksOnceForAllWhoAskMeanwhile() {
        Promise<Integer> engine = Promise.promise();
        Future<Integer> first = flights.join("key", counted(engine.future()));
        Future<Integer> second = flights.join("key", counted(engine.future()));

        engine.complete(42);

        assertThat(first.result()).isEqualTo(42);
        assertThat(second.result()).isEqualTo(42);
        assertThat(started).hasValue(1);
    }

    @Test
    void tellsAFailureToAllWhoWaitAndForgetsIt() {
        Promise<Integer> engine = Promise.promise();
        Future<Integer> first = flights.join("key", engine::future);
        Future<Integer> second = flights.join("key", engine::future);

        engine.fail("away");

        assertThat(first.failed()).isTrue();
        assertThat(second.failed()).isTrue();
        assertThat(flights.join("key", counted(Future.succeededFuture(1))).result())
                .isEqualTo(1);
    }

    @Test
    void takesWhatIsThrownForAFailure() {
        Future<Integer> thrown = flights.join("key", () -> {
            throw new IllegalStateException("no plan");
        });

        assertThat(thrown.cause()).hasMessage("no plan");
        assertThat(flights.join("key", counted(Future.succeededFuture(1))).result())
                .isEqualTo(1);
    }

    private Supplier<Future<Integer>> counted(Future<Integer> result) {
        return () -> {
            started.incrementAndGet();
            return result;
        };
    }
}
