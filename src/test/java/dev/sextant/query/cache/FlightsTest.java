package dev.sextant.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.cache.Flights.Waiter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FlightsTest {

    private final Flights<String, Integer> flights = new Flights<>();
    private final AtomicInteger started = new AtomicInteger();
    private final List<RunHandle> handles = new ArrayList<>();

    @Test
    void worksOnceForAllWhoAskMeanwhile() {
        Promise<Integer> engine = Promise.promise();
        Future<Integer> first = flights.join("key", stays(), counted(engine.future()));
        Future<Integer> second = flights.join("key", stays(), counted(engine.future()));

        engine.complete(42);

        assertThat(first.result()).isEqualTo(42);
        assertThat(second.result()).isEqualTo(42);
        assertThat(started).hasValue(1);
    }

    @Test
    void tellsAFailureToAllWhoWaitAndForgetsIt() {
        Promise<Integer> engine = Promise.promise();
        Future<Integer> first = flights.join("key", stays(), _ -> engine.future());
        Future<Integer> second = flights.join("key", stays(), _ -> engine.future());

        engine.fail("away");

        assertThat(first.failed()).isTrue();
        assertThat(second.failed()).isTrue();
        assertThat(flights.join("key", stays(), counted(Future.succeededFuture(1)))
                        .result())
                .isEqualTo(1);
    }

    @Test
    void takesWhatIsThrownForAFailure() {
        Future<Integer> thrown = flights.join("key", stays(), _ -> {
            throw new IllegalStateException("no plan");
        });

        assertThat(thrown.cause()).hasMessage("no plan");
        assertThat(flights.join("key", stays(), counted(Future.succeededFuture(1)))
                        .result())
                .isEqualTo(1);
    }

    @Test
    void isCancelledWhenTheLastWhoWaitsHasGone() {
        Promise<Void> oneGoes = Promise.promise();
        Promise<Void> otherGoes = Promise.promise();
        flights.join("key", leaving(oneGoes), counted(Promise.<Integer>promise().future()));
        flights.join(
                "key", leaving(otherGoes), counted(Promise.<Integer>promise().future()));

        oneGoes.complete();
        boolean cancelledWhileOneWaits = handles.getFirst().isCancelled();
        otherGoes.complete();

        assertThat(cancelledWhileOneWaits).isFalse();
        assertThat(handles).hasSize(1);
        assertThat(handles.getFirst().isCancelled()).isTrue();
    }

    @Test
    void whoeverComesAfterItWasCancelledBeginsAnew() {
        Promise<Integer> abandoned = Promise.promise();
        Promise<Void> goes = Promise.promise();
        flights.join("key", leaving(goes), counted(abandoned.future()));
        goes.complete();
        Promise<Integer> engine = Promise.promise();

        Future<Integer> later = flights.join("key", stays(), counted(engine.future()));
        abandoned.fail("cancelled");
        Future<Integer> together = flights.join("key", stays(), counted(engine.future()));
        engine.complete(42);

        assertThat(started).hasValue(2);
        assertThat(later.result()).isEqualTo(42);
        assertThat(together.result()).isEqualTo(42);
        assertThat(handles.getLast().isCancelled()).isFalse();
    }

    @Test
    void isNotCancelledByWhoGoesAfterItHasLanded() {
        Promise<Void> goes = Promise.promise();
        flights.join("key", leaving(goes), counted(Future.succeededFuture(1)));

        goes.complete();

        assertThat(handles.getFirst().isCancelled()).isFalse();
    }

    private static Waiter stays() {
        return leaving(Promise.promise());
    }

    private static Waiter leaving(Promise<Void> goes) {
        return new Waiter(Deadline.in(Duration.ofHours(1)), goes.future());
    }

    private static Waiter whoseTimeIsOver() {
        return new Waiter(Deadline.in(Duration.ZERO), Future.future(_ -> {}));
    }

    private static ProblemException late() {
        return new ProblemException(new Problem.DeadlineExceeded("It took too long."));
    }

    private Function<RunHandle, Future<Integer>> counted(Future<Integer> result) {
        return handle -> {
            handles.add(handle);
            started.incrementAndGet();
            return result;
        };
    }

    @Test
    void whatEndsInTheMomentThatItIsCancelledMakesRoomForTheNext() {
        Promise<Void> gone = Promise.promise();
        Promise<Integer> engine = Promise.promise();
        Future<Integer> left = flights.join("key", leaving(gone), handle -> {
            handle.cancelled().onSuccess(_ -> engine.fail("stopped"));
            return engine.future();
        });

        gone.complete();

        assertThat(left.failed()).isTrue();
        assertThat(flights.join("key", stays(), _ -> Future.succeededFuture(42)).result())
                .isEqualTo(42);
    }

    @Test
    void whoeverHasTimeLeftAfterTheDeadlineOfWhoBeganItWaitsForAnother() {
        Promise<Integer> given = Promise.promise();
        Promise<Integer> engine = Promise.promise();
        Future<Integer> first = flights.join("key", stays(), counted(given.future()));
        Future<Integer> second = flights.join("key", stays(), counted(engine.future()));
        Future<Integer> third = flights.join("key", stays(), counted(engine.future()));

        given.fail(late());
        boolean waitsOn = !second.isComplete() && !third.isComplete();
        engine.complete(42);

        assertThat(first.cause()).hasMessage(late().getMessage());
        assertThat(waitsOn).isTrue();
        assertThat(second.result()).isEqualTo(42);
        assertThat(third.result()).isEqualTo(42);
        assertThat(started).hasValue(2);
    }

    @Test
    void waitsForAnotherOnceOnly() {
        Promise<Integer> given = Promise.promise();
        flights.join("key", stays(), counted(given.future()));
        Future<Integer> second = flights.join("key", stays(), counted(Future.failedFuture(late())));

        given.fail(late());

        assertThat(second.failed()).isTrue();
        assertThat(started).hasValue(2);
    }

    @Test
    void waitsForNoOtherWhoseTimeIsOverOrWhoHasGone() {
        Promise<Integer> given = Promise.promise();
        Promise<Void> goes = Promise.promise();
        flights.join("key", stays(), counted(given.future()));
        Future<Integer> over = flights.join("key", whoseTimeIsOver(), counted(Future.succeededFuture(1)));
        Future<Integer> gone = flights.join("key", leaving(goes), counted(Future.succeededFuture(1)));
        goes.complete();

        given.fail(late());

        assertThat(over.failed()).isTrue();
        assertThat(gone.failed()).isTrue();
        assertThat(started).hasValue(1);
    }

    @Test
    void theOtherIsCancelledWhenAllWhoWaitForItHaveGone() {
        Promise<Integer> given = Promise.promise();
        Promise<Void> goes = Promise.promise();
        flights.join("key", stays(), counted(given.future()));
        flights.join("key", leaving(goes), counted(Promise.<Integer>promise().future()));
        given.fail(late());

        goes.complete();

        assertThat(handles).hasSize(2);
        assertThat(handles.getLast().isCancelled()).isTrue();
    }
}
