package dev.sextant.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A client that follows how many events there are, all or some of them, over a socket. Where the socket ends it opens another, and goes on where
 * it was: it folds what it gets, and sees whether an offset is missing.
 */
final class Follower implements AutoCloseable {

    private static final long AGAIN_MILLIS = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Tenant tenant;
    private final String query;
    private Optional<WebSocket> socket = Optional.empty();
    private String epoch = "";
    private long offset;
    private long merged;
    private long value;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
    private int sockets;
    private int gaps;
    private boolean stopped;

    Follower(Tenant tenant) {
        this(tenant, "{\"dataset\":\"visits\",\"measures\":[{\"agg\":\"count\"}]}");
    }

    /** @param query one that has a single number for its answer */
    Follower(Tenant tenant, String query) {
        this.tenant = tenant;
        this.query = query;
        open();
    }

    private synchronized void open() {
        if (stopped) {
            return;
        }
        URI uri = URI.create(tenant.baseUrl().replaceFirst("^http", "ws") + "/api/v2/analytics/realtime/stream");
        client.newWebSocketBuilder()
                .subprotocols("analytics.v2")
                .header("authorization", "Bearer " + tenant.key())
                .buildAsync(uri, new Frames())
                .whenComplete((opened, failure) -> {
                    if (failure == null) {
                        keep(opened);
                    } else {
                        again();
                    }
                });
    }

    private synchronized void keep(WebSocket opened) {
        socket = Optional.of(opened);
        sockets++;
    }

    private void again() {
        CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS).execute(this::open);
    }

    private synchronized void take(WebSocket from, JsonNode frame) {
        switch (frame.path("op").asText()) {
            case "ready" -> {
                sent = CompletableFuture.completedFuture(null);
                subscribe(from);
            }
            case "snapshot" -> {
                epoch = frame.path("epoch").asText();
                offset = frame.path("offset").longValue();
                value = frame.at("/rows/0/0").longValue();
            }
            case "conflated" -> merged = frame.path("skipped").longValue();
            case "delta" -> {
                long next = frame.path("offset").longValue();
                gaps += next == offset + merged + 1 ? 0 : 1;
                offset = next;
                merged = 0;
                value = frame.at("/upsert/0/0").longValue();
                send(from, "{\"op\":\"ack\",\"id\":\"s1\",\"offset\":%d,\"credits\":1}".formatted(offset));
            }
            case "error" -> // whoever was to answer may have died: it is asked again
                CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(() -> subscribe(from));
            default -> {} // what else there is, is followed by one of these, or by the socket's end
        }
    }

    /** One after the other: a socket takes no frame while it sends one. */
    private void send(WebSocket to, String frame) {
        sent = sent.thenCompose(_ -> to.sendText(frame, true));
    }

    private synchronized void subscribe(WebSocket to) {
        send(to, subscription());
    }

    private String subscription() {
        String resume = epoch.isEmpty() ? "" : ",\"resume\":{\"epoch\":\"%s\",\"offset\":%d}".formatted(epoch, offset);
        return "{\"op\":\"subscribe\",\"id\":\"s1\",\"query\":%s%s}".formatted(query, resume);
    }

    /** How many events there are, as far as it heard. */
    synchronized long value() {
        return value;
    }

    /** How often an offset did not follow the one before. */
    synchronized int gaps() {
        return gaps;
    }

    /** How many sockets it had so far. */
    synchronized int sockets() {
        return sockets;
    }

    @Override
    public synchronized void close() {
        stopped = true;
        socket.ifPresent(WebSocket::abort);
        client.shutdownNow();
    }

    /** Puts the parts of each frame together. */
    private final class Frames implements WebSocket.Listener {

        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                try {
                    take(from, Json.tree(parts.toString().getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                parts.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            again();
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            again();
        }
    }
}
