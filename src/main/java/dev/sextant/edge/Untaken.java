package dev.sextant.edge;

import dev.sextant.edge.defence.ConnectionConfig;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Gives up answers that a caller asked for over HTTP/2 and does not take: its connection is alive, and its window is shut,
 * so that nothing but the answer's own time tells. Over HTTP/1 the connection's door does.
 */
final class Untaken {

    /** So slowly may a large answer be taken. */
    private static final long BYTES_PER_SECOND_MIN = 16 << 10;

    private Untaken() {}

    /** @param written what becomes of the answer */
    static Future<Void> watch(Future<Void> written, Reply reply, RoutingContext context, ConnectionConfig connections) {
        if (written.isComplete() || context.request().version() != HttpVersion.HTTP_2) {
            return written;
        }
        return switch (reply) {
            case Reply.Stream _, Reply.Socket _ -> written; // who makes them sees that nobody reads
            case Reply.Encoded encoded -> watch(written, encoded.bytes().length(), context, connections);
            case Reply.Value _, Reply.NotModified _, Reply.NoContent _ -> watch(written, 0, context, connections);
        };
    }

    private static Future<Void> watch(
            Future<Void> written, long bytes, RoutingContext context, ConnectionConfig connections) {
        Vertx vertx = context.vertx();
        long millis = connections.stall().toMillis() + bytes * 1000 / BYTES_PER_SECOND_MIN;
        long timer = vertx.setTimer(millis, _ -> context.response().reset());
        return written.onComplete(_ -> vertx.cancelTimer(timer));
    }
}
