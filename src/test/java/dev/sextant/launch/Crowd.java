package dev.sextant.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Callers of a cluster, at an even pace whatever becomes of them, until they are told to stop. Of a hundred requests 80 are
 * a dashboard's, of which there are eight; 15 bring four events each; 5 ask what nobody asked before. A batch that was not
 * taken is sent again, with the same ids, until it is.
 */
final class Crowd implements AutoCloseable {

    /** What a request is for. */
    enum Kind {
        DASHBOARD,
        EVENTS,
        EVENTS_AGAIN,
        QUESTION
    }

    /**
     * What became of one request.
     *
     * @param dueNanos of {@link System#nanoTime}, when it was to be sent
     * @param millis from then until the answer was there whole
     * @param status 0 where no answer came
     */
    record Outcome(Kind kind, long dueNanos, double millis, int status, boolean retryAfter, String body) {

        boolean isGood() {
            return status / 100 == 2;
        }

        /** How long it took, where nothing before this moment counts. */
        double millisSince(long nanos) {
            double endNanos = dueNanos + millis * 1e6;
            return Math.max(0, endNanos - Math.max(dueNanos, nanos)) / 1e6;
        }

        /** Whether a node that is there answered, be it that it has no time now. */
        boolean isAnswered() {
            return isGood() || status == 503 || status == 504;
        }

        /** Whether the answer is what it was before the engine went away, and says so. */
        boolean isStale() {
            return isGood() && json().at("/meta/stale").asBoolean();
        }

        /** The first value of the first row. */
        long number() {
            return json().at("/rows/0/0").longValue();
        }

        private JsonNode json() {
            try {
                return Json.tree(body.getBytes(StandardCharsets.UTF_8));
            } catch (IOException _) {
                return MissingNode.getInstance();
            }
        }
    }

    /** What is to be sent, once or again. */
    private record Call(Kind kind, long number, long dueNanos, long pauseMillis) {

        Call(Kind kind, long number) {
            this(kind, number, System.nanoTime(), AGAIN_MILLIS);
        }

        /** Ever later, as callers do who mean to be served. */
        Call again() {
            long due = System.nanoTime() + pauseMillis * 1_000_000;
            return new Call(Kind.EVENTS_AGAIN, number, due, Math.min(2 * pauseMillis, AGAIN_MILLIS_MAX));
        }
    }

    private static final int EVENTS = 4;
    private static final int DASHBOARD = 8;
    private static final long AGAIN_MILLIS = 500;
    private static final long AGAIN_MILLIS_MAX = 8_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final String name = UUID.randomUUID().toString().substring(0, 8);
    private final Tenant tenant;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    Crowd(Tenant tenant, int perSecond) {
        this.tenant = tenant;
        long pauseNanos = 1_000_000_000L / perSecond;
        clock.scheduleAtFixedRate(this::next, 0, pauseNanos, TimeUnit.NANOSECONDS);
    }

    private void next() {
        if (!stopped) {
            long number = numbers.getAndIncrement();
            send(new Call(kind(number), number));
        }
    }

    /** Of twenty, in an even mixture. */
    private static Kind kind(long number) {
        return switch ((int) (number % 20)) {
            case 3, 10, 17 -> Kind.EVENTS;
            case 13 -> Kind.QUESTION;
            default -> Kind.DASHBOARD;
        };
    }

    private void send(Call call) {
        open.incrementAndGet();
        client.sendAsync(request(call), BodyHandlers.ofString())
                .handle((response, failure) ->
                        failure == null ? outcome(call, response) : outcome(call, 0, false, failure.toString()))
                .thenAccept(outcome -> note(call, outcome))
                .whenComplete((_, _) -> open.decrementAndGet());
    }

    private static Outcome outcome(Call call, HttpResponse<String> response) {
        boolean retryAfter = response.headers().firstValue("retry-after").isPresent();
        return outcome(call, response.statusCode(), retryAfter, response.body());
    }

    private static Outcome outcome(Call call, int status, boolean retryAfter, String body) {
        double millis = (System.nanoTime() - call.dueNanos) / 1e6;
        return new Outcome(call.kind, call.dueNanos, millis, status, retryAfter, body);
    }

    private void note(Call call, Outcome outcome) {
        outcomes.add(outcome);
        boolean events = call.kind == Kind.EVENTS || call.kind == Kind.EVENTS_AGAIN;
        if (events && outcome.isGood()) {
            accepted.addAll(ids(call.number));
        } else if (events) {
            Call again = call.again();
            open.incrementAndGet(); // until it is sent
            clock.schedule(
                    () -> {
                        send(again);
                        open.decrementAndGet();
                    },
                    call.pauseMillis,
                    TimeUnit.MILLISECONDS);
        }
    }

    private HttpRequest request(Call call) {
        return switch (call.kind) {
            case EVENTS, EVENTS_AGAIN -> request("/api/v2/datasets/visits/events", events(call.number));
            case DASHBOARD -> request(Tenant.QUERY, dashboard(call.number % DASHBOARD));
            case QUESTION -> request(Tenant.QUERY, Tenant.visits("""
                    "filter":{"field":"user","op":"eq","value":"q%d"}""".formatted(call.number)));
        };
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(tenant.baseUrl() + path))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + tenant.key())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** Over an hour that is long past, to which nobody adds. */
    private static String dashboard(long panel) {
        return Tenant.visits("""
                "dimensions":["%s"],"time_range":{"from":"2026-01-0%dT00:00:00Z","to":"2026-01-0%dT01:00:00Z"}""".formatted(panel % 2 == 0 ? "page" : "user", panel / 2 + 1, panel / 2 + 1));
    }

    private List<String> ids(long number) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            ids.add(name + "_" + number + "_" + i);
        }
        return ids;
    }

    private String events(long number) {
        List<String> events = new ArrayList<>();
        for (String id : ids(number)) {
            events.add("{\"event_id\":\"%s\",\"user\":\"u%d\",\"page\":\"/%s\"}".formatted(id, number % 7, id));
        }
        return "[" + String.join(",", events) + "]";
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

    /** Sends nothing new, and waits until each batch was taken. */
    @Override
    public void close() {
        stopped = true;
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> open.get() == 0);
        clock.shutdownNow();
        client.shutdownNow();
    }
}
