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

/** Writes what an operation answered. Failures are not its business: {@link ProblemRenderer} writes those. */
final class ReplyWriter {

    private static final String TIMING = "server-timing";

    private ReplyWriter() {}

    static Future<Void> write(Reply reply, RoutingContext context, long authenticatedNanos) {
        HttpServerResponse response = context.response();
        if (!(reply instanceof Reply.Socket)) {
            response.putHeader(TIMING, timing(Arrival.of(context), authenticatedNanos));
        }
        return switch (reply) {
            case Reply.Encoded encoded ->
                head(response, encoded.status(), encoded.headers()).end(encoded.bytes());
            case Reply.Value value ->
                head(response.putHeader("content-type", "application/json"), value.status(), value.headers())
                        .end(Buffer.buffer(Json.write(value.body())));
            case Reply.Stream stream -> pipe(stream, head(response, stream.status(), stream.headers()));
            case Reply.NotModified fresh -> head(response, 304, fresh.headers()).end();
            case Reply.NoContent _ -> response.setStatusCode(204).end();
            case Reply.Socket socket -> upgrade(socket, context);
        };
    }

    /** Where the stream fails, the response is not ended: what was written must not look like all. */
    private static Future<Void> pipe(Reply.Stream stream, HttpServerResponse response) {
        response.setChunked(!response.headers().contains("content-length"));
        return stream.bytes().pipe().endOnFailure(false).to(response);
    }

    private static Future<Void> upgrade(Reply.Socket socket, RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isUpgrade(request)) {
            return ProblemException.failed(
                    new Problem.UpgradeRequired("This address speaks WebSocket: send 'Upgrade: websocket'."));
        }
        if (!isHandshake(request)) {
            return ProblemException.failed(new Problem.Malformed(
                    "A WebSocket begins with 'Connection: Upgrade', 'Sec-WebSocket-Version: 13' and a key."));
        }
        return request.toWebSocket().map(opened -> {
            socket.session().handle(opened);
            return null;
        });
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

    private static HttpServerResponse head(HttpServerResponse response, int status, Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (name.equals(TIMING)) {
                response.headers().add(name, value);
            } else {
                response.putHeader(name, value);
            }
        });
        return response.setStatusCode(status);
    }

    /** Durations in ms (Server Timing, W3C 2023): until the caller was known, and from there to here. */
    private static String timing(Arrival arrival, long authenticatedNanos) {
        return "auth;dur=" + millis(authenticatedNanos - arrival.startedNanos()) + ", exec;dur="
                + millis(System.nanoTime() - authenticatedNanos);
    }

    /** With two decimals. */
    private static String millis(long nanos) {
        long hundredths = Math.max(0, nanos) / 10_000;
        long fraction = hundredths % 100;
        return hundredths / 100 + (fraction < 10 ? ".0" : ".") + fraction;
    }
}
