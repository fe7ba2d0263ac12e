package dev.sextant.edge;

import dev.sextant.kernel.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The sockets of one event loop, and for how long each was open since that was last put on record: every five minutes, and
 * within ten seconds of its end. On that loop.
 */
final class OpenSockets {

    private static final long LOOK_MILLIS = 10_000;
    private static final long RECORD_MILLIS = 300_000;

    private static final class Open {
        private final ServerWebSocket socket;
        private final RecordedCall exchange;
        private long recordedNanos = System.nanoTime();

        Open(ServerWebSocket socket, RecordedCall exchange) {
            this.socket = socket;
            this.exchange = exchange;
        }

        long millis() {
            return (System.nanoTime() - recordedNanos) / 1_000_000;
        }

        boolean isDue() {
            return socket.isClosed() || millis() >= RECORD_MILLIS;
        }
    }

    private final List<Open> sockets = new ArrayList<>();

    void watch(Vertx vertx) {
        vertx.setPeriodic(LOOK_MILLIS, _ -> look());
    }

    void add(ServerWebSocket socket, RecordedCall exchange) {
        sockets.add(new Open(socket, exchange));
    }

    private void look() {
        sockets.removeIf(open -> open.isDue() && record(open) && open.socket.isClosed());
    }

    /** Puts on record what is open still, when the server stops. */
    void close() {
        sockets.forEach(OpenSockets::record);
        sockets.clear();
    }

    /** False where it could not be kept: the next look tries again. */
    private static boolean record(Open open) {
        try {
            open.exchange.socketWasOpen(open.millis());
            open.recordedNanos = System.nanoTime();
            return true;
        } catch (ProblemException _) {
            return false;
        }
    }
}
