package dev.sextant.engine.duckdb;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;

import dev.sextant.engine.Appended;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.Events;
import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A process that sends {@value #BATCHES} batches of {@value #EVENTS} events, a few at once, and prints the number of each
 * batch as soon as it is answered. It is there to be killed.
 */
final class CrashingSender {

    static final int BATCHES = 400;
    static final int EVENTS = 500;
    static final TenantId TENANT = new TenantId("ten_crash");

    private static final int IN_FLIGHT_MAX = 8;

    private CrashingSender() {}

    public static void main(String[] arguments) {
        try (OlapEngine engine = DuckDbEngine.start(
                DuckDbConfig.DEFAULT.in(Path.of(arguments[0])), InstantSource.fixed(NOON), (_, _, _) -> {})) {
            send(engine, System.out::println);
        }
    }

    /** Sends everything, and tells of each batch that is answered; how many events were new. */
    static long send(OlapEngine engine, IntConsumer answered) {
        Deque<Future<Appended>> inFlight = new ArrayDeque<>();
        long accepted = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            if (inFlight.size() == IN_FLIGHT_MAX) {
                accepted += await(inFlight.remove()).accepted();
            }
            int number = batch;
            inFlight.add(
                    engine.append(TENANT, batch(number), Events.patience()).onSuccess(_ -> answered.accept(number)));
        }
        return accepted
                + inFlight.stream()
                        .map(Events::await)
                        .mapToLong(Appended::accepted)
                        .sum();
    }

    private static EventBatch batch(int number) {
        return new EventBatch(
                CLICKS,
                "btc_" + number,
                NOON,
                1,
                IntStream.range(0, EVENTS)
                        .mapToObj(n -> Events.click("evt_" + number + "_" + n))
                        .toList());
    }
}
