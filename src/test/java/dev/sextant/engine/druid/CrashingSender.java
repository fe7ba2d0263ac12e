package dev.sextant.engine.druid;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.patience;

import dev.sextant.engine.Appended;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.Events;
import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A process that sends {@value #BATCHES} batches of {@value #EVENTS} events, a few at once, prints the number of each batch
 * as soon as it is answered, and finds the duplicates among them. It is there to be killed.
 */
final class CrashingSender {

    static final int BATCHES = 200;
    static final int EVENTS = 50;
    static final TenantId TENANT = new TenantId("ten_crash");

    private static final int IN_FLIGHT_MAX = 4;

    private CrashingSender() {}

    /** The datasource, and the folder. */
    public static void main(String[] arguments) {
        try (DruidEngine engine = Stack.start(Stack.config(arguments[0], Path.of(arguments[1])), (_, _, _) -> {})) {
            send(engine, System.out::println);
            await(engine.settled(patience()));
        }
    }

    /** Sends everything, and tells of each batch that is answered. */
    static void send(OlapEngine engine, IntConsumer answered) {
        Deque<Future<Appended>> inFlight = new ArrayDeque<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            if (inFlight.size() == IN_FLIGHT_MAX) {
                await(inFlight.remove());
            }
            int number = batch;
            inFlight.add(engine.append(TENANT, batch(number), patience()).onSuccess(_ -> answered.accept(number)));
        }
        inFlight.forEach(Events::await);
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
