package dev.sextant.identity.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.Origins;
import dev.sextant.bus.Bus;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hashing is slow on purpose, so that whoever guesses must not have it all. */
@Timeout(20)
class PasswordQueueTest {

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Bus.Wire.WHERE_NEEDED);
    private final Promise<HashedPassword> hashed = Promise.promise();
    private final Origin origin = Origins.of("acme", Duration.ofSeconds(10));
    private final PasswordQueue queue = new PasswordQueue(bus, 2);

    @AfterEach
    void closeVertx() {
        vertx.close().await();
    }

    @Test
    void turnsAwayWhatFindsNoPlaceAndTakesMoreOnceOneIsDone() {
        bus.answer(UserAddresses.HASH, (question, asker) -> hashed.future()).await();
        Future<?> first = queue.hash("one", origin);
        Future<?> second = queue.hash("two", origin);

        assertThatThrownBy(() -> queue.hash("three", origin).await())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem()).isInstanceOf(Problem.Overloaded.class));

        hashed.complete(new HashedPassword("phc"));
        Future.all(first, second).await();
        assertThat(queue.hash("three", origin).await()).isEqualTo("phc");
    }
}
