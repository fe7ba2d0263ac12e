package dev.sextant.edge;

import dev.sextant.http.Reply;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what an operation answered. Failures are not its business: {@link ProblemRenderer} writes those. */
final class ReplyWriter {

    private ReplyWriter() {}

    /** Nothing leaves whole before {@code exchange} has kept its record. */
    static Future<Void> write(Reply reply, RoutingContext context, RecordedCall exchange, long authenticatedNanos) {
        HttpServerResponse response = context.response();
        Timing timing = new Timing(Arrival.of(context).startedNanos(), authenticatedNanos);
        return switch (reply) {
            case Reply.Encoded encoded -> {
                exchange.answered(encoded.status(), "", encoded.bytes().length());
                yield head(varied(response), encoded.status(), encoded.headers(), timing)
                        .end(encoded.bytes());
            }
            case Reply.Value value -> value(value, varied(response), exchange, timing);
            case Reply.Stream stream ->
                pipe(stream, head(response, stream.status(), stream.headers(), timing), exchange);
            case Reply.NotModified fresh -> {
                exchange.answered(304, "", 0);
                yield head(response, 304, fresh.headers(), timing).end();
            }
            case Reply.NoContent _ -> {
                exchange.answered(204, "", 0);
                yield head(response, 204, Map.of(), timing).end();
            }
            case Reply.Socket socket -> upgrade(socket, context, exchange);
        };
    }

    private static Future<Void> value(
            Reply.Value value, HttpServerResponse response, RecordedCall exchange, Timing timing) {
        Buffer bytes = Buffer.buffer(Json.write(value.body()));
        exchange.answered(value.status(), "", bytes.length());
        return head(response.putHeader("content-type", "application/json"), value.status(), value.headers(), timing)
                .end(bytes);
    }

    /** Where the stream fails, the response is not ended: what was written must not look like all. */
    private static Future<Void> pipe(Reply.Stream stream, HttpServerResponse response, RecordedCall exchange) {
        response.setChunked(!response.headers().contains("content-length"));
        return stream.bytes()
                .pipe()
                .endOnComplete(false)
                .to(response)
                .onFailure(_ -> exchange.brokenOff())
                .compose(_ -> {
                    exchange.answered(response.getStatusCode(), "", response.bytesWritten());
                    return response.end();
                });
    }

    private static Future<Void> upgrade(Reply.Socket socket, RoutingContext context, RecordedCall exchange) {
        HttpServerRequest request = context.request();
        if (!isUpgrade(request)) {
            return ProblemException.failed(
                    new Problem.UpgradeRequired("This address speaks WebSocket: send 'Upgrade: websocket'."));
        }
        if (!isHandshake(request)) {
            return ProblemException.failed(new Problem.Malformed(
                    "A WebSocket begins with 'Connection: Upgrade', 'Sec-WebSocket-Version: 13' and a key."));
        }
        exchange.opening();
        Future<Void> begun = request.toWebSocket().map(opened -> {
            exchange.opened(opened);
            socket.session().handle(opened);
            return null;
        });
        request.resume(); // not before: a request that has ended is no handshake any more
        return begun;
    }

    /** Only HTTP/1.1 has upgrades of this kind. */
    private static boolean isUpgrade(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && request.method().equals(HttpMethod.GET)
                && header(request, "upgrade").equals("websocket");
    }

    /** Source: RFC 6455, section 4.2.1. Vert.x refuses the rest, too, but not with a problem. */
    private static boolean isHandshake(HttpServerRequest request) {
        return header(request, "connection").contains("upgrade")
                && header(request, "sec-websocket-version").equals("13")
                && !header(request, "sec-websocket-key").isEmpty();
    }

    private static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }

    /** Bodies are compressed for those who can read it: caches in between must not mix them up. */
    private static HttpServerResponse varied(HttpServerResponse response) {
        return response.putHeader("vary", "Accept-Encoding, Origin");
    }

    private static HttpServerResponse head(
            HttpServerResponse response, int status, Map<String, String> headers, Timing timing) {
        headers.forEach(response::putHeader);
        return response.setStatusCode(status).putHeader("server-timing", timing.header(headers.get("server-timing")));
    }

    /** When a request came, and when its caller was known, on the monotonic clock. */
    private record Timing(long startedNanos, long authenticatedNanos) {

        /**
         * Durations in ms (Server Timing, W3C 2023): until the caller was known, and from there to here.
         *
         * @param ofOperation what the operation itself tells of in between; null for nothing
         */
        String header(@Nullable String ofOperation) {
            return "auth;dur=" + millis(authenticatedNanos - startedNanos)
                    + (ofOperation == null ? "" : ", " + ofOperation)
                    + ", exec;dur=" + millis(System.nanoTime() - authenticatedNanos);
        }
    }

    /** With two decimals. */
    private static String millis(long nanos) {
        long hundredths = Math.max(0, nanos) / 10_000;
        long fraction = hundredths % 100;
        return hundredths / 100 + (fraction < 10 ? ".0" : ".") + fraction;
    }
}
