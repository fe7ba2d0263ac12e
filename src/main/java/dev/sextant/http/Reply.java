package dev.sextant.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.streams.ReadStream;
import java.util.Map;

/** What an operation answers when all went well. The edge writes it; header names are lower-case. */
public sealed interface Reply {

    /** Bytes made elsewhere, by a worker or a cache. {@code headers} name their {@code content-type}. */
    record Encoded(int status, Map<String, String> headers, Buffer bytes) implements Reply {}

    /** A record, which the edge writes as JSON, once. */
    record Value(int status, Map<String, String> headers, Record body) implements Reply {}

    /**
     * Bytes as they come, with back pressure. A failure after the first byte resets the connection. Where the caller hangs
     * up, or the answer cannot be given, the bytes are just not taken any more: who makes them listens to {@link Receiver#hungUp}.
     */
    record Stream(int status, Map<String, String> headers, ReadStream<Buffer> bytes) implements Reply {}

    /**
     * The connection becomes a WebSocket, and {@code session} gets it, on the event loop that accepted it. It must set
     * its handlers before it returns.
     */
    record Socket(Handler<ServerWebSocket> session) implements Reply {}

    /** 304: what the caller has is still right. */
    record NotModified(Map<String, String> headers) implements Reply {}

    /** 204. */
    record NoContent() implements Reply {}

    static Reply ok(Record body) {
        return new Value(200, Map.of(), body);
    }

    static Reply created(Record body) {
        return new Value(201, Map.of(), body);
    }

    static Reply accepted(Record body) {
        return new Value(202, Map.of(), body);
    }
}
