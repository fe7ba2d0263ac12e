package dev.sextant.launch;

import dev.sextant.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Callers of a cluster who go on asking and sending, at an even pace, until they are told to stop. */
final class Crowd implements AutoCloseable {

    /** What became of one request; the status is 0 where no answer came. */
    record Outcome(String what, int status, String body, double millis) {

        boolean isGood() {
            return status / 100 == 2;
        }
    }

    private static final int EVENTS = 4;
    private static final int SENDING_OF_TEN = 2;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;
    private final String key;
    private final String query;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** @param perSecond requests of each caller */
    Crowd(String baseUrl, String key, String query, int callers, int perSecond) {
        this.baseUrl = baseUrl;
        this.key = key;
        this.query = query;
        for (int i = 0; i < callers; i++) {
            threads.add(Thread.ofPlatform().daemon().name("caller-" + i).start(() -> goOn(perSecond)));
        }
    }

    private void goOn(int perSecond) {
        while (!stopped) {
            int number = numbers.getAndIncrement();
            if (number % 10 < SENDING_OF_TEN) {
                send(number);
            } else {
                outcomes.add(ask());
            }
            LockSupport.parkNanos(1_000_000_000L / perSecond);
        }
    }

    Outcome ask() {
        return call("ask", request("/api/v2/analytics/realtime/query").POST(BodyPublishers.ofString(query)));
    }

    private void send(int number) {
        List<String> ids = new ArrayList<>();
        StringBuilder events = new StringBuilder("[");
        for (int i = 0; i < EVENTS; i++) {
            String id = "c" + number + "_" + i;
            ids.add(id);
            events.append(i == 0 ? "" : ",")
                    .append("{\"event_id\":\"%s\",\"user\":\"u%d\",\"page\":\"/%d\"}".formatted(id, number % 7, i));
        }
        Outcome outcome = call(
                "send",
                request("/api/v2/datasets/visits/events")
                        .POST(BodyPublishers.ofString(events.append("]").toString())));
        outcomes.add(outcome);
        if (outcome.isGood()) {
            accepted.addAll(ids);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json");
    }

    private Outcome call(String what, HttpRequest.Builder request) {
        long begun = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Outcome(what, response.statusCode(), response.body(), (System.nanoTime() - begun) / 1e6);
        } catch (IOException e) {
            return new Outcome(what, 0, e.toString(), (System.nanoTime() - begun) / 1e6);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that came to an end since the last time. */
    List<Outcome> outcomes() {
        List<Outcome> taken = new ArrayList<>();
        for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            taken.add(outcome);
        }
        return taken;
    }

    /** The ids of events of batches that were answered with success. */
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    /** The first value of the first row. */
    static long number(Outcome answer) {
        try {
            return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8))
                    .at("/rows/0/0")
                    .longValue();
        } catch (IOException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
