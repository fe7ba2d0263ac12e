package dev.sextant.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.stream.Stream;

/** Appends a long stream of events, a piece at a time: the next is made when the one before is on disk. */
record HistoryLoader(Vertx vertx, DemoClient client) {

    private static final int PIECE_BYTES = 4 << 20;

    /** Tells how many are new, or what the first bad piece failed with. The stream is closed in either case. */
    Future<Long> load(Target target, Stream<byte[]> events) {
        return next(target, events.iterator(), 0).onComplete(_ -> events.close());
    }

    private Future<Long> next(Target target, Iterator<byte[]> events, long loaded) {
        return vertx.executeBlocking(() -> piece(events))
                .compose(piece -> piece.length() == 0
                        ? Future.succeededFuture(loaded)
                        : client.append(target, piece)
                                .compose(receipt -> next(target, events, loaded + receipt.accepted())));
    }

    private static Buffer piece(Iterator<byte[]> events) {
        Lines piece = new Lines();
        while (piece.length() < PIECE_BYTES && events.hasNext()) {
            piece.add(events.next());
        }
        return piece.buffer();
    }
}
