package dev.sextant.contract;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.SextantConfig;
import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;

/** Measures how soon a subscriber is told of an event: run by hand, on an idle machine. */
final class StreamLatency {

    private static final int WARM_UP = 200;
    private static final int MEASURED = 300;
    private static final long BETWEEN_MILLIS = 100;

    private StreamLatency() {}

    public static void main(String[] args) throws InterruptedException {
        try (Service service = new Service(Bus.Wire.WHERE_NEEDED, TestServers.freshPostgres(), SextantConfig.DEFAULT)) {
            measure(service);
        }
        System.exit(0);
    }

    private static void measure(Service service) throws InterruptedException {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        client.next("snapshot");
        Histogram fromSending = new Histogram(3);
        Histogram fromAnswer = new Histogram(3);
        Histogram withinServer = new Histogram(3);
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            if (i == WARM_UP) {
                fromSending.reset();
                fromAnswer.reset();
                withinServer.reset();
            }
            long sent = System.nanoTime();
            Streams.order(acme, "C" + i % 20, 1);
            long answered = System.nanoTime();
            JsonObject delta = client.next("delta");
            long told = System.nanoTime();
            fromSending.recordValue((told - sent) / 1000);
            fromAnswer.recordValue(Math.max(0, told - answered) / 1000);
            withinServer.recordValue(delta.getLong("ingest_to_push_ms") * 1000);
            client.send("{'op':'ack','id':'s1','credits':1}");
            Thread.sleep(BETWEEN_MILLIS);
        }
        print("from the first byte sent", fromSending);
        print("from the 202", fromAnswer);
        print("ingest_to_push_ms", withinServer);
    }

    private static void print(String what, Histogram micros) {
        System.out.printf(
                "%-26s p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms%n",
                what,
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0,
                micros.getMaxValue() / 1000.0);
    }
}
