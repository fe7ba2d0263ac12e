package dev.sextant.push;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;

/** The way out of a socket. What is written after its end is dropped. */
record Outlet(ServerWebSocket socket) {

    /** What is longer goes in fragments of this size, so that the rest of a message need not be copied for each socket. */
    private static final int FRAGMENT_BYTES = 32 << 10;

    /** A close frame has room for no more (RFC 6455, section 5.5). */
    private static final int REASON_BYTES_MAX = 123;

    /** Whether whatever is written now must wait in memory; also where nothing can be written any more. */
    boolean isFull() {
        return socket.isClosed() || socket.writeQueueFull();
    }

    void send(String message) {
        send("", Buffer.buffer(message), "");
    }

    /** Sends one message of three parts. {@code body} may be shared by many sockets. */
    void send(String head, Buffer body, String tail) {
        if (socket.isClosed()) {
            return;
        }
        if (body.length() <= FRAGMENT_BYTES) {
            socket.writeTextMessage(head + body.toString(StandardCharsets.UTF_8) + tail);
            return;
        }
        socket.writeFrame(WebSocketFrame.textFrame(head, false));
        for (int at = 0; at < body.length(); at += FRAGMENT_BYTES) {
            Buffer slice = body.slice(at, Math.min(body.length(), at + FRAGMENT_BYTES));
            socket.writeFrame(WebSocketFrame.continuationFrame(slice, false));
        }
        socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(tail), true));
    }

    void ping() {
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer("sextant"));
        }
    }

    Future<Void> close(CloseCode code, String reason) {
        return socket.isClosed() ? Future.succeededFuture() : socket.close(code.number(), shortened(reason));
    }

    /** Cut where a character begins. */
    private static String shortened(String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= REASON_BYTES_MAX) {
            return reason;
        }
        int end = REASON_BYTES_MAX;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
